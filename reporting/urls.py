"""Addresses for reporters."""

from django.urls import path

from reporting.views import changes, corrections, places, submissions, timeline, workbooks

app_name = "reporting"

urlpatterns = [
    path("", places.home, name="home"),
    path("uploads/<int:pk>/", workbooks.upload_page, name="upload_page"),
    path("uploads/<int:pk>/original", workbooks.original, name="original"),
    path("uploads/<int:pk>/correct", corrections.correct, name="correct"),
    path("uploads/<int:pk>/changes", changes.changes_page, name="changes"),
    path("uploads/<int:pk>/annotated.xlsx", workbooks.annotated, name="annotated"),
    path("submissions/<int:pk>/", submissions.submission_page, name="submission"),
    path("submissions/<int:pk>/submit", submissions.submit, name="submit"),
    path("submissions/<int:pk>/recall", submissions.recall, name="recall"),
    path("submissions/<int:pk>/comment", submissions.comment, name="comment"),
    path("<slug:hisp>/timeline/", timeline.timeline, name="timeline"),
    path("<slug:hisp>/<quarter:quarter>/", places.quarter_page, name="quarter"),
    path("<slug:hisp>/<quarter:quarter>/workbook.xlsx", workbooks.template, name="template"),
    path("<slug:hisp>/<quarter:quarter>/upload", workbooks.upload, name="upload"),
]
