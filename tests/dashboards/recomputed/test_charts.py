"""Every figure in every file of a chart equals a recomputation: in its table, in its words, and where it is drawn."""

from itertools import cycle

import pytest

from tests.dashboards.recomputed import chart_files, side_by_side, subjects, words
from tests.dashboards.recomputed.checks import History, Page
from tests.dashboards.recomputed.history import DOMAINS, Quarter
from tests.dashboards.recomputed.scores import METHODS

pytestmark = pytest.mark.django_db

_COMPARED = ["va-vha", "dos-ca", "service:doc-uspto-applying-for-a-patent", "dhs-cbp"]
_EMPTY = "<main></main>"  # only what belongs to the page is looked at


def chart(past: History, address: str, name: str, method: str, quarter: Quarter, *kinds: str, **of: str) -> list[str]:
    page = Page(address, _EMPTY, past, method, quarter, of)
    return chart_files.faults(page, name, kinds=kinds or chart_files.KINDS)


def test_every_chart_of_every_quarter_and_of_all_of_them(past):
    wrong, kinds = [], cycle(chart_files.KINDS)
    for method in METHODS:
        for name in ("trend", "domains"):
            wrong += chart(past, "/quarters/", name, method, past.quarters[-1])
        for year, number in past.quarters:
            at = f"/quarters/{year}-q{number}/"
            wrong += chart(past, at, "hisps", method, (year, number))
            for name in ("answers", "people"):  # the same by each method
                wrong += chart(past, at, name, method, (year, number), next(kinds))
        next(kinds)
    assert not wrong, words.told(wrong)


def test_every_chart_of_every_domain(past):
    wrong, methods = [], cycle([*METHODS, "pooled"])
    for slug in DOMAINS:
        for name in ("trend", "hisps"):
            page = Page(f"/domains/{slug}/", _EMPTY, past, next(methods), past.quarters[-1])
            wrong += chart_files.faults(page, name, slug)
    assert not wrong, words.told(wrong)


def test_every_chart_of_every_department_hisp_and_service(past):
    """By one method after the other, as a table and as a drawing in turn: each file costs a page."""
    methods, kinds = cycle([*METHODS, "pooled"]), cycle(chart_files.KINDS)
    names = ("trend", "domains", "answers", "people")
    departments = {row.department for row in past.rows}
    of = [(f"/departments/{slug}/", {"department": name}) for slug, name in past.departments.items()]
    pages = [(address, own, ("trend", "hisps", "domains")) for address, own in of if own["department"] in departments]
    pages += [(f"/hisps/{slug}/", {"hisp": slug}, names) for slug in sorted({row.hisp for row in past.rows})]
    pages += [(f"/services/{slug}/", {"service": slug}, names) for slug in sorted({row.service for row in past.rows})]
    wrong = []
    for address, own, charts in pages:
        for name in charts:
            quarter = past.quarters_of(**own)[-1]
            wrong += chart(past, address, name, next(methods), quarter, next(kinds), **own)
        next(kinds)  # the next page the other way round
    assert not wrong, words.told(wrong)


def test_one_chart_of_every_hisp_in_every_quarter(past):
    wrong, charts = [], cycle([("answers", "csv"), ("people", "svg"), ("answers", "svg"), ("people", "csv")])
    for hisp, (year, number) in sorted({(row.hisp, row.quarter) for row in past.rows}):
        (name, kind), at = next(charts), f"/hisps/{hisp}/{year}-q{number}/"
        wrong += chart(past, at, name, "pooled", (year, number), kind, hisp=hisp)
    assert not wrong, words.told(wrong)


def test_one_chart_of_every_survey(past, slugs):
    """The page of a survey has all of them: test_surveys.py looks at it."""
    wrong, names, kinds = [], cycle(["trend", "domains", "people"]), cycle(chart_files.KINDS)
    for slug in sorted(set(slugs.values())):
        own = History([row for row in past.rows if slugs[row.line] == slug])
        wrong += chart(own, f"/surveys/{slug}/", next(names), "pooled", own.quarters[-1], next(kinds))
    assert not wrong, words.told(wrong)


def test_every_chart_of_comparisons(past):
    wrong = []
    for method in METHODS:
        page = Page("/compare/", _EMPTY, past, method)
        wrong += side_by_side.file_faults(page, subjects.subjects(past, _COMPARED), _COMPARED)
    assert not wrong, words.told(wrong)
