"""`manage.py sync_roles`: OMB's roles, as hisps/roles.py defines them."""

from typing import Any

from django.core.management.base import BaseCommand

from hisps import roles


class Command(BaseCommand):
    help = "Give the groups “Reviewer” and “OMB administrator” exactly their permissions. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        changed = roles.sync()
        for name, permissions in roles.ROLES.items():
            state = "updated" if name in changed else "unchanged"
            self.stdout.write(f"{name}: {len(permissions)} permissions, {state}")
