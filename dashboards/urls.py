"""Addresses for the public."""

from django.urls import URLPattern

app_name = "dashboards"

urlpatterns: list[URLPattern] = []
