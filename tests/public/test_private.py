"""Drafts and whatever else is not public leak nowhere: not as text, not as a number, not into a sum."""

import re

import pytest

from tests.public.private import CANARY
from tests.public.walk import Answer

pytestmark = pytest.mark.django_db
ALLOWED = {200, 302, 400, 404, 405, 410}  # 410: a link that was good once
# What differs from one answer to the next, whatever it is made of.
_PASSING = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"')


def test_visitor_reaches_much_and_meets_no_error(full):
    found, told = full
    assert len(found) > 300
    assert len(told) > 60
    assert [f"{each.status} {each.address}" for each in found.values() if each.status not in ALLOWED] == []


def test_visitor_reads_no_private_word_and_no_private_number(full):
    found, _ = full
    assert [seen for each in found.values() if (seen := leaked(each))] == []


def leaked(answer: Answer) -> str:
    said = f"{answer.address} {answer.headers} {answer.text}"
    found = CANARY.search(said)
    return f"{answer.address}: {said[max(0, found.start() - 80) : found.end() + 40]!r}" if found else ""


def test_public_side_is_the_same_whatever_private_figures_are(full, full_of_others):
    """A private number may not even be a part of a public one."""
    one, other = full[0], full_of_others[0]
    assert one.keys() == other.keys()
    assert [address for address in one if shown(one[address]) != shown(other[address])] == []


def shown(answer: Answer) -> tuple[int, str | bytes]:
    return answer.status, answer.text if answer.body.startswith(b"PK") else _PASSING.sub(b"", answer.body)
