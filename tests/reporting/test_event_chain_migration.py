"""The migration that gave events their chain, on an installation that had events before."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from reporting import events
from reporting.models import Event
from tests import factories, people

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE, AFTER = [("reporting", "0004_upload_corrections")], [("reporting", "0005_event_chain")]


def migrate(to):
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return executor.loader.project_state(to).apps


@pytest.fixture
def _back_to_the_newest():
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield
    migrate(newest)


@pytest.mark.usefixtures("_back_to_the_newest")
def test_events_from_before_the_chain_are_chained_in_their_order():
    quarter, hisp, user = factories.quarter(), factories.hisp(), people.person()
    old = migrate(BEFORE).get_model("reporting", "Event")
    old.objects.create(quarter_id=quarter.pk, transition="open_quarter")
    for name in ("upload", "submit"):
        old.objects.create(
            quarter_id=quarter.pk, hisp_id=hisp.pk, by_id=user.pk, transition=name, note="Jürgen’s “file”"
        )
    migrate(AFTER)
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
    verdict = events.verify()
    assert (verdict.is_whole, verdict.count) == (True, 3)
    assert [event.transition for event in Event.objects.all()] == ["open_quarter", "upload", "submit"]
    events.record("close_quarter", quarter=quarter)
    assert events.verify().count == 4
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.update(note="Rewritten.")
