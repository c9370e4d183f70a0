"""The example of the page of methods is the survey that it names, and its two tables are what the methods give."""

from dataclasses import replace
from fractions import Fraction

import pytest
from django.test import Client

from tests.dashboards.recomputed import words
from tests.dashboards.recomputed.checks import Page
from tests.dashboards.recomputed.page import table
from tests.dashboards.recomputed.scores import METHODS, Group

pytestmark = pytest.mark.django_db
SLUG = "satisfaction"


@pytest.fixture
def page(past) -> Page:
    return Page("/methods/", Client().get("/methods/").content.decode().replace("\xa0", " "), past, "pooled")


def test_the_example_is_computed_from_the_published_counts(past, page):
    [row] = past.group((2021, 2), service="va-vha-outpatient-services")
    found, points = Group([row]).found(SLUG, "pooled"), sum(n * c for n, c in enumerate(row.answers[SLUG], start=1))
    text = page.main.text
    told = ", ".join(map(words.count, row.answers[SLUG]))
    assert f"{told} people gave the answers 1 to 5." in text
    assert f"That is {points:,} points from {words.count(found.answers)} answers: {words.score(found.value)} ." in text
    assert f"In the example {words.share(found.positive)}." in text
    assert f"In the example: {words.margin(found.margin)}." in text
    assert (words.score(found.value), row.answers[SLUG]) == ("4.70", (2302, 3118, 10615, 55358, 249586))


def test_the_worked_tables_are_what_the_four_methods_give(past, page):
    surveys, methods = (table(each) for each in list(page.main.every("table"))[:2])
    of = past.rows[0]
    rows = Group()
    for heading, cells in surveys.lines:
        one, two, three, four, five, _, customers, _ = (cell.text.replace(",", "") for cell in cells)
        counts = (int(one), int(two), int(three), int(four), int(five))
        row = replace(of, hisp=heading.text, customers=int(customers), offered=None, answers={SLUG: counts})
        found = Group([row]).found(SLUG, "pooled")
        assert [cells[5].text, cells[7].text] == [words.count(sum(counts)), words.score(found.value)]
        rows.append(row)
    right = [
        [METHODS[method], words.score(rows.found(SLUG, method).value), words.margin(rows.found(SLUG, method).margin)]
        for method in METHODS
    ]
    assert [[heading.text, cells[1].text, cells[2].text] for heading, cells in methods.lines] == right
    assert Fraction("0.42") == Fraction(right[0][1]) - Fraction(right[3][1])  # as docs/scores.md says
