"""Database triggers, in both dialects: what they are made of, and those that keep reporters and OMB's people apart.

The messages are what a developer reads in a log; people are stopped long before, by forms.

SQLite drops a table's triggers when a migration rebuilds the table, and refuses to rebuild a table that another
trigger names. So a migration that alters `hisps_membership` begins with `migrations.RunPython(triggers.remove)` and
ends with `migrations.RunPython(triggers.install)`; before one of Django's that alters `auth_user` or
`auth_user_groups`, `migrate hisps 0002` takes the triggers away and `migrate` brings them back.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Trigger:
    """Refuses one kind of statement on one table when `condition` holds for the old or the new row. TRUNCATE, which
    only PostgreSQL knows, has no row."""

    table: str
    verb: str
    condition: str
    message: str

    @property
    def name(self) -> str:
        return f"refuse_{self.verb.lower()}_{self.table}"

    def create(self, vendor: str) -> list[str]:
        rows = {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"], "TRUNCATE": [""]}[self.verb]
        differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"  # both count NULL as a value
        conditions = dict.fromkeys(f"({self.condition.format(row=row, differs=differs)})" for row in rows)
        condition = " OR ".join(conditions)
        if vendor == "postgresql":
            return [
                f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {condition} THEN RAISE EXCEPTION '{self.message}' USING ERRCODE = 'check_violation'; END IF; "
                f"RETURN {'OLD' if self.verb == 'DELETE' else 'NEW'}; END $$",
                f"CREATE TRIGGER {self.name} BEFORE {self.verb} ON {self.table} "
                f"FOR EACH {'STATEMENT' if self.verb == 'TRUNCATE' else 'ROW'} EXECUTE FUNCTION {self.name}()",
            ]
        if self.verb == "TRUNCATE":
            return []
        return [
            f"CREATE TRIGGER {self.name} BEFORE {self.verb} ON {self.table} FOR EACH ROW WHEN ({condition}) "
            f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
        ]

    def drop(self, vendor: str) -> list[str]:
        if vendor == "postgresql":
            return [
                f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}",
                f"DROP FUNCTION IF EXISTS {self.name}()",
            ]
        return [f"DROP TRIGGER IF EXISTS {self.name}"]


def run(schema_editor: Any, triggers: Iterable[Trigger], statements: Callable[[Trigger, str], list[str]]) -> None:
    """`statements`: Trigger.create or Trigger.drop."""
    vendor = schema_editor.connection.vendor
    for trigger in triggers:
        for statement in statements(trigger, vendor):
            with schema_editor.connection.cursor() as cursor:
                cursor.execute(statement)


_LASTS = "({row}.last_day IS NULL OR {row}.last_day >= CURRENT_DATE)"
_OF_OMB = (
    f"({_LASTS.format(row='NEW')} AND EXISTS "
    "(SELECT 1 FROM auth_user u WHERE u.id = NEW.user_id AND (u.is_staff OR u.is_superuser) "
    "UNION ALL SELECT 1 FROM auth_user_groups g WHERE g.user_id = NEW.user_id))"
)
_REPORTS = (
    "((NEW.is_staff OR NEW.is_superuser) AND EXISTS "
    f"(SELECT 1 FROM hisps_membership m WHERE m.user_id = NEW.id AND {_LASTS.format(row='m')}))"
)
_OF_A_REPORTER = (
    f"EXISTS (SELECT 1 FROM hisps_membership m WHERE m.user_id = NEW.user_id AND {_LASTS.format(row='m')})"
)
TRIGGERS = (
    Trigger("hisps_membership", "INSERT", _OF_OMB, "who works at OMB does not report"),
    Trigger("hisps_membership", "UPDATE", _OF_OMB, "who works at OMB does not report"),
    Trigger("auth_user", "UPDATE", _REPORTS, "who reports does not work at OMB"),
    Trigger("auth_user_groups", "INSERT", _OF_A_REPORTER, "who reports has no role at OMB"),
    Trigger("auth_user_groups", "UPDATE", _OF_A_REPORTER, "who reports has no role at OMB"),
)


def install(apps: Any, schema_editor: Any) -> None:
    """For migrations.RunPython: puts every trigger in place, as it is defined now."""
    remove(apps, schema_editor)
    run(schema_editor, TRIGGERS, Trigger.create)


def remove(apps: Any, schema_editor: Any) -> None:
    run(schema_editor, TRIGGERS, Trigger.drop)
