from django.apps import AppConfig, apps
from django.contrib.auth.apps import AuthConfig
from django.db.models import ForeignKey


class HispsConfig(AppConfig):
    name = "hisps"
    verbose_name = "Providers and services"

    def ready(self) -> None:
        """Forms, lists and filters write HISP in capitals, wherever a row belongs to one."""
        for model in apps.get_models():
            for field in model._meta.get_fields():
                if isinstance(field, ForeignKey) and field.name == "hisp":
                    field.verbose_name = "HISP"


class PeopleConfig(AuthConfig):
    """django.contrib.auth, by the name that the desk gives it."""

    verbose_name = "People"
