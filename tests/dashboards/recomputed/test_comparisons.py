"""Every figure of a comparison equals a recomputation: scores, differences, cautions, volumes and lines."""

from itertools import cycle

import pytest
from django.test import Client

from tests.dashboards.recomputed import figures, side_by_side, subjects, words
from tests.dashboards.recomputed.checks import History, Page
from tests.dashboards.recomputed.history import Quarter
from tests.dashboards.recomputed.scores import METHODS

pytestmark = pytest.mark.django_db


def faults(past: History, named: list[str], method: str, quarter: Quarter | None = None) -> list[str]:
    of = subjects.subjects(past, named)
    asked = [*(f"of={word}" for word in named), f"method={method}"]
    asked += [f"quarter={quarter[0]}-q{quarter[1]}"] if quarter else []
    address = f"/compare/?{'&'.join(asked)}"
    answer = Client().get(address)
    assert answer.status_code == 200, address
    html = answer.content.decode().replace("\xa0", " ")
    page = Page(address, html, past, method, quarter or subjects.newest(of))
    side_by_side.every(page, of)
    for each in [*page.main.every("h1"), *page.main.every("caption"), *page.main.every("ul", "chips")]:
        each.seen = True  # names
    for each in [*page.main.every("p", "source"), *page.main.every("p", "picture__files")]:
        each.seen = True
    figures.words_within(page)
    return [*page.wrong, *page.forgotten()]


def test_every_figure_of_every_hisp_beside_three_others_in_every_quarter(past):
    wrong, methods = [], cycle([*METHODS, "pooled"])
    for quarter in past.quarters:
        hisps = sorted({row.hisp for row in past.group(quarter)})
        for place in range(0, len(hisps), 4):
            wrong += faults(past, hisps[place : place + 4], next(methods), quarter)
    assert not wrong, words.told(wrong)


def test_every_figure_of_every_service_beside_three_others(past):
    """In the newest quarter that all have; where there is none, some are without figures."""
    wrong, methods = [], cycle(METHODS)
    services = sorted({f"service:{row.service}" for row in past.rows})
    for place in range(0, len(services), 4):
        wrong += faults(past, services[place : place + 4], next(methods))
    assert not wrong, words.told(wrong)


def test_every_figure_of_a_hisp_beside_its_services_and_beside_those_without_figures(past):
    wrong = []
    for method in METHODS:
        wrong += faults(past, ["doc-uspto", "service:doc-uspto-applying-for-a-patent", "va-vha"], method)
        wrong += faults(past, ["dhs-cbp", "usda-nrcs", "va-vba"], method)
        wrong += faults(past, ["dos-ca"], method, (2021, 1))
    assert not wrong, words.told(wrong)
