"""Drafts and whatever else is not public leak nowhere: not as text, not as a number, not into a sum."""

import re

import pytest
import time_machine
from django.db import transaction
from django.test import Client, override_settings

from tests.public import private
from tests.public.private import CANARY
from tests.public.walk import Answer, everything

pytestmark = pytest.mark.django_db
ALLOWED = {200, 302, 400, 404, 405, 410}  # 410: a link that was good once
NOW = "2021-08-15T12:00:00Z"  # FY2021 Q3 is not public yet
# What differs from one answer to the next, whatever it is made of.
_PASSING = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"')


World = tuple[dict[str, Answer], set[str]]


def crawled(flock: int) -> World:
    """The whole public side of a world with that flock in its private places, and the fields that hold a bird."""
    with time_machine.travel(NOW, tick=False), transaction.atomic():
        birds = private.made(flock)
        found = everything(Client(raise_request_exception=False))
        transaction.set_rollback(True)
    return found, birds.told


@pytest.fixture(scope="module")
def worlds(django_db_setup, django_db_blocker, tmp_path_factory) -> tuple[World, World]:
    """Two that differ in nothing but what is private."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("uploads")):
        return crawled(1), crawled(2)


def test_visitor_reaches_much_and_meets_no_error(worlds):
    found, told = worlds[0]
    assert len(found) > 300
    assert len(told) > 60
    assert [f"{each.status} {each.address}" for each in found.values() if each.status not in ALLOWED] == []


def test_visitor_reads_no_private_word_and_no_private_number(worlds):
    found, _ = worlds[0]
    assert [seen for each in found.values() if (seen := leaked(each))] == []


def leaked(answer: Answer) -> str:
    said = f"{answer.address} {answer.headers} {answer.text}"
    found = CANARY.search(said)
    return f"{answer.address}: {said[max(0, found.start() - 80) : found.end() + 40]!r}" if found else ""


def test_public_side_is_the_same_whatever_private_figures_are(worlds):
    """A private number may not even be a part of a public one."""
    one, other = (found for found, _ in worlds)
    assert one.keys() == other.keys()
    assert [address for address in one if shown(one[address]) != shown(other[address])] == []


def shown(answer: Answer) -> tuple[int, str | bytes]:
    return answer.status, answer.text if answer.body.startswith(b"PK") else _PASSING.sub(b"", answer.body)
