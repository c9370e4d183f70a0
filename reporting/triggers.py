"""Database triggers, in both dialects: events are append-only and follow each other, and published figures never
change.

`FROZEN` tables refuse insert, update and delete for rows of a submission that is published, superseded or withdrawn.
None of the tables can be truncated, which PostgreSQL does without asking the triggers of rows.
A frozen submission itself may only move on to a later frozen state. The messages are what a developer reads in a log;
people are stopped long before, by reporting.review.

SQLite drops a table's triggers when a migration rebuilds the table, so a migration that alters one of these tables
ends with `migrations.RunPython(triggers.install, triggers.remove)`; a test holds that every trigger is there.
"""

from collections.abc import Iterable
from typing import Any

from hisps.triggers import Trigger, run

FROZEN_STATES = "('published', 'superseded', 'withdrawn')"
_OF_SUBMISSION = (
    f"EXISTS (SELECT 1 FROM reporting_submission s WHERE s.id = {{row}}.submission_id AND s.state IN {FROZEN_STATES})"
)
_OF_REPORT = (
    "EXISTS (SELECT 1 FROM reporting_touchpointreport r JOIN reporting_submission s ON s.id = r.submission_id "
    f"WHERE r.id = {{row}}.report_id AND s.state IN {FROZEN_STATES})"
)
_LAST_EVENT_IS_ANOTHER = (
    "({row}.previous_hash <> COALESCE((SELECT e.hash FROM reporting_event e ORDER BY e.id DESC LIMIT 1), ''))"
)
_MAY_CHANGE_WITH_THE_STATE = ("state", "ended_at", "ended_in_id", "public_note", "lock_version")


def _frozen_table(table: str, condition: str) -> list[Trigger]:
    message = "published figures never change"
    rows = [Trigger(f"reporting_{table}", verb, condition, message) for verb in ("INSERT", "UPDATE", "DELETE")]
    return [*rows, Trigger(f"reporting_{table}", "TRUNCATE", "TRUE", message)]


def _frozen_submission(columns: list[str]) -> Trigger:
    kept = _any_differs(column for column in columns if column not in _MAY_CHANGE_WITH_THE_STATE)
    settled = _any_differs(column for column in ("ended_at", "ended_in_id", "public_note") if column in columns)
    moves_back = f"NEW.state NOT IN {FROZEN_STATES} OR (OLD.state <> 'published' AND NEW.state <> OLD.state)"
    condition = f"OLD.state IN {FROZEN_STATES} AND ({moves_back} OR {kept} OR (NEW.state = OLD.state AND ({settled})))"
    return Trigger("reporting_submission", "UPDATE", condition, "a published submission never changes")


def _any_differs(columns: Iterable[str]) -> str:
    return " OR ".join(f"OLD.{column} {{differs}} NEW.{column}" for column in columns)


def all_triggers(submission_columns: list[str]) -> list[Trigger]:
    """Every trigger of the product. `submission_columns`: the database columns of the submission table."""
    return [
        Trigger("reporting_event", "INSERT", _LAST_EVENT_IS_ANOTHER, "an event follows the last one"),
        Trigger("reporting_event", "UPDATE", "({row}.id IS NOT NULL)", "events are append-only"),
        Trigger("reporting_event", "DELETE", "({row}.id IS NOT NULL)", "events are append-only"),
        Trigger("reporting_event", "TRUNCATE", "TRUE", "events are append-only"),
        Trigger("reporting_upload", "UPDATE", "({row}.id IS NOT NULL)", "an upload never changes"),
        Trigger("reporting_upload", "DELETE", "({row}.id IS NOT NULL)", "an upload is never deleted"),
        Trigger("reporting_upload", "TRUNCATE", "TRUE", "an upload is never deleted"),
        Trigger("reporting_publication", "UPDATE", "({row}.id IS NOT NULL)", "publications are append-only"),
        Trigger("reporting_publication", "DELETE", "({row}.id IS NOT NULL)", "publications are append-only"),
        Trigger("reporting_publication", "TRUNCATE", "TRUE", "publications are append-only"),
        _frozen_submission(submission_columns),
        Trigger("reporting_submission", "DELETE", "({row}.state <> 'draft')", "a submission is never deleted"),
        Trigger("reporting_submission", "TRUNCATE", "TRUE", "a submission is never deleted"),
        *_frozen_table("touchpointreport", _OF_SUBMISSION),
        *_frozen_table("domainresult", _OF_REPORT),
        *_frozen_table("operationalmetric", _OF_SUBMISSION),
        *_frozen_table("indexscore", _OF_SUBMISSION),
        *_frozen_table("finding", _OF_SUBMISSION),
    ]


def install(apps: Any, schema_editor: Any) -> None:
    """For migrations.RunPython: puts every trigger in place, as it is defined now."""
    remove(apps, schema_editor)
    run(schema_editor, _triggers(apps), Trigger.create)


def remove(apps: Any, schema_editor: Any) -> None:
    run(schema_editor, _triggers(apps), Trigger.drop)


def _triggers(apps: Any) -> list[Trigger]:
    """Those that the tables, as they are at this migration, can have."""
    there = {model._meta.db_table for model in apps.get_models()}
    has_chain = "previous_hash" in _columns(apps, "Event")
    return [
        each
        for each in all_triggers(_columns(apps, "Submission"))
        if each.table in there and (has_chain or (each.table, each.verb) != ("reporting_event", "INSERT"))
    ]


def _columns(apps: Any, model: str) -> list[str]:
    return [field.column for field in apps.get_model("reporting", model)._meta.concrete_fields]
