"""Every figure of publications, corrections and revisions equals a recomputation: of the history as it was published,
and after some of it was restated."""

import json
from io import StringIO
from itertools import cycle
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.test import Client

from reporting.models import Publication
from tests.dashboards.recomputed import datasets, history, restated, words
from tests.dashboards.recomputed.checks import History, Page, label
from tests.dashboards.recomputed.history import Quarter
from tests.dashboards.recomputed.page import figures, table
from tests.dashboards.recomputed.quarters import EASTERN
from tests.dashboards.recomputed.scores import METHODS, Group
from tests.dashboards.recomputed.test_files import exact, narrowed
from tests.dashboards.recomputed.test_pages import faults, of_services, pages

pytestmark = pytest.mark.django_db

_ATOM = "{http://www.w3.org/2005/Atom}"


def names(past: History, quarter: Quarter) -> list[str]:
    return sorted(past.names[hisp] for hisp in {row.hisp for row in past.group(quarter)})


def public(past: History, address: str) -> Page:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return Page(address, answer.content.decode().replace("\xa0", " "), past, "pooled")


def test_each_quarter_is_one_publication_of_its_hisps(past):
    page = public(past, "/data/v/")
    [shown] = (table(each) for each in page.main.every("table"))
    newest_first = [(len(past.quarters) - n, quarter) for n, quarter in enumerate(reversed(past.quarters))]
    for (number, quarter), (heading, cells) in zip(newest_first, shown.lines, strict=True):
        assert heading.text.startswith(label(quarter))
        page.says(cells[0], str(number))
        page.says(cells[1], words.counted(len(names(past, quarter)), "HISP"))
    assert words.counted(len(past.quarters), "publication") in page.main.text
    for number, quarter in newest_first:
        own = public(past, f"/data/v/{number}/{quarter[0]}-q{quarter[1]}/")
        deeds = table(list(own.main.every("table"))[-1])
        assert [heading.text for heading, _ in deeds.lines] == names(past, quarter)
        revision = deeds.headings.index("Revision") - 1
        assert {cells[revision].text for _, cells in deeds.lines} == {"1"}
    assert not page.wrong, words.told(page.wrong)


def test_the_feed_tells_of_each_publication(past):
    entries = ElementTree.fromstring(Client().get("/feed.atom").content).findall(f"{_ATOM}entry")
    assert len(entries) == len(past.quarters)
    for entry, quarter in zip(entries, reversed(past.quarters), strict=True):
        of = names(past, quarter)
        told = f"{label(quarter)}: figures of {words.counted(len(of), 'HISP')} "
        assert entry.findtext(f"{_ATOM}title", "").replace("\xa0", " ").startswith(told)
        first, *lines = entry.findtext(f"{_ATOM}summary", "").splitlines()
        assert first.startswith(f"Publication {past.quarters.index(quarter) + 1} on ")
        assert [line.partition(": ")[0] for line in lines] == of


def test_the_catalog_covers_the_days_of_all_quarters(past):
    catalog = json.loads(Client().get("/data.json").content)
    assert {one["temporal"] for one in catalog["dataset"]} == {"2020-10-01/2022-03-31"}
    assert (past.quarters[0], past.quarters[-1]) == ((2021, 1), (2022, 2))


def test_each_revision_has_the_figures_of_its_quarter(past):
    """At its lasting address, and on the page of the quarter, by one method after the other; every third."""
    methods = cycle([*METHODS, "pooled"])
    for hisp, (year, quarter) in sorted({(row.hisp, row.quarter) for row in past.rows})[::3]:
        address, query = f"/hisps/{hisp}/{year}-q{quarter}/", f"?method={next(methods)}"
        one, other = public(past, address + query), public(past, f"{address}revisions/1/{query}")
        [status, *_] = [each.text for each in other.main.every("p", "care") if "revision 1" in each.text]
        assert figures(one.main.text) == figures(other.main.text.replace(status, "")), other.address


@pytest.fixture
def anew(past, tmp_path) -> History:
    """After the restated file was imported."""
    call_command("import_history", str(restated.written(past, tmp_path)), ratings=history.RATINGS, stdout=StringIO())
    return restated.after(past)


def test_what_was_restated_shows_at_once_everywhere(anew):
    wrong = []
    year, number = quarter = restated.QUARTER
    for page in pages(anew, f"/quarters/{year}-q{number}/", quarter):
        wrong += faults(page)
    for hisp in restated.HISPS:
        for page in pages(anew, f"/hisps/{hisp}/{year}-q{number}/", quarter, hisp=hisp):
            of_services(page)
            wrong += faults(page)
        for page in pages(anew, f"/hisps/{hisp}/", anew.quarters_of(hisp=hisp)[-1], hisp=hisp):
            wrong += faults(page)
    for page in pages(anew, "/quarters/", anew.quarters[-1]):
        wrong += faults(page)
    assert not wrong, words.told(wrong)


def test_files_have_the_figures_that_count_and_versions_those_of_their_publication(past, anew, slugs, score_lines):
    new = list(datasets.scores(anew, slugs))
    exact("scores.{}", new, ("csv",))
    wanted = {"fiscal_year": restated.QUARTER[0], "fiscal_quarter": restated.QUARTER[1]}
    exact("v/2/2021-q2/scores.{}", narrowed(score_lines, wanted), ("csv", "json"))
    exact("v/7/2021-q2/scores.{}", narrowed(new, wanted), ("csv", "json"))
    exact(
        "collections.{}?quarter=2021-q2",
        (
            line
            for line in datasets.collections(anew)
            if (line["collection_year"], line["collection_quarter"]) == restated.QUARTER
        ),
        ("csv",),
    )


def test_corrections_tell_what_became_of_each_revision(past, anew):
    ended = Publication.objects.get(number=7).at.astimezone(EASTERN).date()
    days = {key: line["published_on"] for key, line in datasets.published(past.rows).items()}
    right = [
        {
            "fiscal_year": 2021,
            "fiscal_quarter": 2,
            "organization_name": past.group(restated.QUARTER, hisp=hisp)[0].department,
            "hisp": hisp,
            "kind": "corrected",
            "revision": 1,
            "published_in": 2,
            "published_on": days[restated.QUARTER, hisp],
            "ended_in": 7,
            "ended_on": ended,
            "replaced_by": 2,
            "changed": 3,  # customers, and the answers to two questions
            "note": f"Restated in the published file {restated.NAME}.",
        }
        for hisp in restated.HISPS
    ]
    exact("corrections.{}", right)
    exact("corrections.{}?hisp=va-vha", right[1:])
    page = public(past, "/corrections/")
    assert "2 corrections" in page.main.text
    for line, hisp in zip(page.main.every("li"), restated.HISPS, strict=True):
        assert line.first("h2").text == f"{past.names[hisp]}, {label(restated.QUARTER)}"
        page.says(line, "publication 7", "Revision 1", "revision 2", "3 figures or texts changed")
    assert not page.wrong


def test_superseded_revision_keeps_its_figures_and_tells_what_changed(past, anew):
    """It tells of its own quarter only, since another may have been restated, too."""
    own = History([row for row in past.rows if row.quarter == restated.QUARTER])
    wrong = []
    for hisp in restated.HISPS:
        for page in pages(own, f"/hisps/{hisp}/2021-q2/revisions/1/", restated.QUARTER, hisp=hisp):
            what_changed(page, [row for row in restated.rows(past).values() if row.hisp == hisp])
            of_services(page)
            wrong += faults(page)
    assert not wrong, words.told(wrong)


def what_changed(page: Page, new: list[history.Row]) -> None:
    [box], [changed] = page.main.every("div", "superseded"), page.main.every("table", "changed")
    page.says(box, "Revision 1", "publication 2", "revision 2", "publication 7")
    before = {row.line: row for row in page.group()}
    pairs = [(before[row.line], row) for row in new]
    right = {"Customers": [words.count(row.customers) for pair in pairs for row in pair]}
    for slug, name in (("satisfaction", "Satisfaction"), ("trust", "Trust")):
        right[f"{name}, answers"] = [answers(row, slug) for pair in pairs for row in pair]
    told = {heading.text: [cell.text for cell in cells] for heading, cells in table(changed).lines}
    if told != right:
        page.wrong.append(f"{page.address}: {told} should be {right}")
    page.done.add(id(changed))
    changed.seen = True
    for each in [*page.main.every("h2"), *page.main.every("p")]:
        each.seen = each.seen or "revision" in each.text or each.text == "3 figures or texts changed."


def answers(row: history.Row, slug: str) -> str:
    counts, found = row.answers[slug], Group([row]).found(slug, "pooled")
    told = " · ".join(map(words.count, counts))
    return f"{told} {words.counted(found.answers, 'answer')}, score {words.score(found.value)}"
