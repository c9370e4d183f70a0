"""Addresses for the public."""

from django.urls import path

from dashboards import views

app_name = "dashboards"

urlpatterns = [
    path("", views.home, name="home"),
    path("hisps/", views.hisps, name="hisps"),
    path("hisps/<slug:hisp>/", views.hisp, name="hisp"),
    path("hisps/<slug:hisp>/<quarter:quarter>/", views.hisp_quarter, name="hisp_quarter"),
    path("hisps/<slug:hisp>/<quarter:quarter>/revisions/<int:revision>/", views.revision, name="revision"),
    path("corrections/", views.corrections, name="corrections"),
    path("services/<slug:service>/", views.service, name="service"),
    path("quarters/", views.quarters, name="quarters"),
    path("quarters/<quarter:quarter>/", views.quarter, name="quarter"),
    path("domains/<slug:domain>/", views.domain, name="domain"),
    path("methods/", views.methods, name="methods"),
    path("data/", views.data, name="data"),
    path("data/checks/", views.checks, name="checks"),
    path("data/dictionary/", views.dictionary, name="dictionary"),
    path("data/dictionary.csv", views.dictionary_csv, name="dictionary_csv"),
    path("data/<slug:name>.<slug:kind>", views.dataset, name="dataset"),
]
