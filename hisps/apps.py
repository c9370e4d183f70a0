from django.apps import AppConfig


class HispsConfig(AppConfig):
    name = "hisps"
    verbose_name = "Providers and services"
