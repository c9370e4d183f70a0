"""The check from the shell: one line and 0 when the log is whole, the first fault and 1 otherwise."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reporting import events
from reporting.models import Event
from tests import factories
from tests.reporting.test_log import without_triggers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _three_events():
    for note in ("one", "two", "three"):
        events.record("reopen_quarter", quarter=factories.quarter(), note=note)


def verify(*arguments):
    said = StringIO()
    call_command("verify_audit", *arguments, stdout=said)
    return said.getvalue()


def test_a_whole_log_gives_its_length_and_head():
    assert verify() == f"The log is whole: 3 events. Last hash: {events.head()}\n"
    assert verify("--head", events.head()).startswith("The log is whole")


def test_a_rewritten_event_is_named_and_the_command_fails():
    second = Event.objects.all()[1]
    with without_triggers():
        Event.objects.filter(pk=second.pk).update(by=None, note="Rewritten.")
    with pytest.raises(CommandError, match=f"^Event {second.pk} .* changed afterwards. It has 1 ") as failed:
        verify()
    assert failed.value.returncode == 1


def test_a_head_that_is_gone_is_missed():
    head = events.head()
    with without_triggers():
        Event.objects.last().delete()
    assert verify().startswith("The log is whole: 2 events")
    with pytest.raises(CommandError, match="none with the hash that you noted"):
        verify("--head", head)
