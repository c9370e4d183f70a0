"""What the database itself refuses, on SQLite and PostgreSQL."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from hisps.triggers import TRIGGERS
from reporting import events, publications
from reporting.contents import Index, Metric
from reporting.models import (
    DomainResult,
    Event,
    Finding,
    IndexScore,
    OperationalMetric,
    Publication,
    Submission,
    TouchpointReport,
)
from reporting.triggers import all_triggers
from reporting.workbook.cells import Problem
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def published():
    return factories.published_submission(
        surveys=[factories.survey(satisfaction=(1, 2, 3, 4, 5))],
        metrics=[Metric("Transactions", 48)],
        indexes=[Index("Satisfaction", 83)],
    )


def refused(act):
    with pytest.raises(DatabaseError), transaction.atomic():
        act()


@pytest.mark.parametrize("model", [TouchpointReport, DomainResult, OperationalMetric, IndexScore])
def test_published_figures_cannot_be_changed_deleted_or_added_to(model, published):
    row = model.objects.get()
    field = next(f.name for f in model._meta.fields if f.name in ("customers", "n1", "value"))
    refused(lambda: model.objects.filter(pk=row.pk).update(**{field: 7}))
    refused(lambda: model.objects.filter(pk=row.pk)._raw_delete("default"))
    row.pk = None
    refused(row.save)
    assert model.objects.count() == 1


GUARDED = "DomainResult Event Finding IndexScore OperationalMetric Publication Submission TouchpointReport Upload"


@pytest.mark.parametrize("name", GUARDED.split())
def test_guarded_table_cannot_be_emptied_or_its_rows_replaced_in_one_statement(name, published):
    model = apps.get_model("reporting", name)
    table = model._meta.db_table
    factories.published_submission("ssa-oo", problems=[Problem("r", "note", "Looks odd.", "-", "-")])
    events.record("publish", submission=published)
    connection.check_constraints()  # nothing is left to be checked at the end, which would stop TRUNCATE by itself
    statement = {
        "postgresql": f"TRUNCATE {table} CASCADE",
        "sqlite": f"REPLACE INTO {table} SELECT * FROM {table}",
    }[connection.vendor]
    with (
        pytest.raises(DatabaseError, match=r"append-only|never|follows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert model.objects.exists()


def test_a_row_of_a_draft_cannot_be_moved_into_published_figures(published):
    draft = factories.submission("ssa-oo", state="draft", surveys=[factories.survey(trust=(1, 2, 3, 4, 5))])
    result, report = DomainResult.objects.get(report__submission=draft), published.reports.get()
    refused(lambda: DomainResult.objects.filter(pk=result.pk).update(report=report))
    refused(lambda: TouchpointReport.objects.filter(pk=result.report_id).update(submission=published))


def test_the_public_note_of_what_ended_stays_as_it_is(published):
    end(published)
    refused(lambda: Submission.objects.filter(pk=published.pk).update(public_note="Rewritten."))


def test_findings_of_a_published_submission_stay(published):
    refused(lambda: Finding.objects.create(submission=published, rule="r", severity="note", found="Late thought."))


@pytest.mark.parametrize("change", [{"reflection": "Rewritten."}, {"state": "draft"}, {"published_at": None}])
def test_a_published_submission_keeps_its_words_and_state(published, change):
    refused(lambda: Submission.objects.filter(pk=published.pk).update(**change))


def test_a_withdrawn_submission_cannot_come_back(published):
    end(published)
    again = {"state": "published", "ended_at": None, "ended_in": None}
    refused(lambda: Submission.objects.filter(pk=published.pk).update(**again))


def test_what_ended_keeps_the_publication_that_ended_it(published):
    end(published)
    other = publications.begin("withdraw", published.quarter)
    refused(lambda: Submission.objects.filter(pk=published.pk).update(ended_in=other))


def test_publications_are_append_only(published):
    refused(lambda: Publication.objects.filter(pk=published.publication_id).update(number=7))
    refused(lambda: Publication.objects.filter(pk=published.publication_id)._raw_delete("default"))


def end(published):
    ended = {"state": "withdrawn", "ended_at": timezone.now(), "ended_in": published.publication}
    Submission.objects.filter(pk=published.pk).update(**ended, public_note="Counted twice.")


def test_events_and_uploads_are_append_only(published):
    event = events.record("publish", submission=published)
    refused(lambda: Event.objects.filter(pk=event.pk).update(note="Rewritten."))
    refused(lambda: Event.objects.filter(pk=event.pk)._raw_delete("default"))
    refused(lambda: type(published.upload).objects.filter(pk=published.upload_id).update(name="other.xlsx"))


def test_only_a_draft_can_be_deleted():
    submitted = factories.submission(state="submitted")
    refused(lambda: Submission.objects.filter(pk=submitted.pk)._raw_delete("default"))


def test_every_trigger_is_in_the_database():
    columns = [field.column for field in Submission._meta.concrete_fields]
    triggers = (*TRIGGERS, *all_triggers(columns))
    expected = {trigger.name for trigger in triggers if trigger.create(connection.vendor)}
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    assert expected == present
