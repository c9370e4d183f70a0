"""Moving the test database back to an earlier migration and on to the newest."""

from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrate(*to: tuple[str, str]) -> Any:
    """To these migrations, or to the newest. Returns the apps as they were then."""
    executor = MigrationExecutor(connection)
    targets = list(to) or executor.loader.graph.leaf_nodes()
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps
