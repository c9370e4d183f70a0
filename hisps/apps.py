from django.apps import AppConfig, apps


class HispsConfig(AppConfig):
    name = "hisps"
    verbose_name = "Providers and services"

    def ready(self) -> None:
        """Accounts are people, wherever the admin names them."""
        apps.get_app_config("auth").verbose_name = "People"
