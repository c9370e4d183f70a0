"""Addresses for reporters."""

from django.urls import path

from reporting import views

app_name = "reporting"

urlpatterns = [
    path("", views.home, name="home"),
    path("uploads/<int:pk>/", views.upload_page, name="upload_page"),
    path("uploads/<int:pk>/original", views.original, name="original"),
    path("uploads/<int:pk>/annotated.xlsx", views.annotated, name="annotated"),
    path("submissions/<int:pk>/", views.submission_page, name="submission"),
    path("submissions/<int:pk>/submit", views.submit, name="submit"),
    path("submissions/<int:pk>/recall", views.recall, name="recall"),
    path("submissions/<int:pk>/comment", views.comment, name="comment"),
    path("<slug:hisp>/<quarter:quarter>/", views.quarter_page, name="quarter"),
    path("<slug:hisp>/<quarter:quarter>/workbook.xlsx", views.template, name="template"),
    path("<slug:hisp>/<quarter:quarter>/upload", views.upload, name="upload"),
]
