from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = "Quarterly reporting"

    def ready(self) -> None:
        from reporting import accounts

        accounts.watch_sign_ins()


class DeskConfig(AdminConfig):
    """Django’s admin, with our site in place of the stock one."""

    default_site = "reporting.desk.Desk"
