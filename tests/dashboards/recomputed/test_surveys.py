"""Every figure of every survey's page equals a recomputation: scores, counts, volumes, wordings and charts."""

import pytest

from tests.dashboards.recomputed import surveys, words
from tests.dashboards.recomputed.checks import History
from tests.dashboards.recomputed.test_pages import faults, pages

pytestmark = pytest.mark.django_db


def test_every_figure_of_every_survey(past, slugs):
    wrong = []
    for slug in sorted(set(slugs.values())):
        own = History([row for row in past.rows if slugs[row.line] == slug])
        [page] = list(pages(own, f"/surveys/{slug}/", own.quarters[-1]))
        surveys.every(page)
        wrong += faults(page, alone=True)
    assert not wrong, words.told(wrong)
