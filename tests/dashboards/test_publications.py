"""Every publication, what it changed, and the figures as they were then."""

from html import unescape

import pytest
from django.test import Client

from dashboards import formats, paging
from dashboards import publications as acts
from dashboards.datasets import DATASETS
from dashboards.exports import KINDS
from reporting import publications
from reporting.fiscal import FiscalQuarter
from reporting.models import Publication, Submission
from tests.dashboards.acts import publish, withdraw
from tests.dashboards.downloads import body, objects, sheet
from tests.factories import quarter, submission, survey

pytestmark = pytest.mark.django_db
State = Submission.State
Q2 = FiscalQuarter(2021, 2)
FIRST, SECOND = (0, 0, 0, 0, 9), (0, 0, 0, 9, 0)  # scores 5 and 4


def trust_of(address: str) -> list[tuple[str, int, float]]:
    found = objects(address)
    return [(one["hisp"], one["revision"], one["score"]) for one in found if one["domain"] == "trust"]


def test_superseded_revision_comes_back_in_the_version_of_its_publication():
    publish(counts=FIRST)
    publish("ssa-oo", counts=FIRST)
    publish(revision=2, counts=SECOND)
    before, both, after = (trust_of(f"/data/v/{n}/2021-q2/responses.json") for n in (1, 2, 3))
    assert before == [("va-vha", 1, 5.0)]
    assert both == [("ssa-oo", 1, 5.0), ("va-vha", 1, 5.0)]
    assert after == [("ssa-oo", 1, 5.0), ("va-vha", 2, 4.0)]
    assert trust_of("/data/responses.json?quarter=2021-q2") == after


def test_version_holds_its_own_quarter_only():
    publish(when="2021-q1")
    publish(when="2021-q2")
    assert {one["fiscal_quarter"] for one in objects("/data/v/2/2021-q2/scores.json")} == {2}


def test_version_stays_the_same_after_a_correction():
    publish(counts=FIRST)
    addresses = [f"/data/v/1/2021-q2/{name}.csv" for name, one in DATASETS.items() if one.is_versioned]
    before = [body(address) for address in addresses]
    publish(revision=2, counts=SECOND)
    assert [body(address) for address in addresses] == before


def test_figures_that_were_withdrawn_since_are_in_no_version():
    publish("ssa-oo")
    one = publish()
    withdraw(one)
    for number in (2, 3):
        assert trust_of(f"/data/v/{number}/2021-q2/responses.json") == [("ssa-oo", 1, 5.0)]


def test_answers_that_may_not_be_public_any_more_are_in_no_version():
    publish(counts=(0, 0, 7777, 0, 0))
    publish(revision=2, counts=(0, 0, 7777, 0, 0), fields={"publishable": False})
    for name, one in DATASETS.items():
        if one.is_versioned:
            assert b"7777" not in body(f"/data/v/1/2021-q2/{name}.csv")


@pytest.mark.parametrize("kind", KINDS)
def test_version_comes_in_every_kind_under_a_name_of_its_own(kind):
    publish()
    answer = Client().head(f"/data/v/1/2021-q2/scores.{kind}")
    assert answer["Content-Disposition"].endswith(f'filename="hisp-scores-2021-q2-publication-1.{kind}"')


def test_workbook_of_a_version_says_as_of_when(settings):
    publish()
    publish(revision=2)
    facts = dict(sheet("/data/v/1/2021-q2/scores.xlsx", "About"))
    assert facts["Figures as of"].startswith("Publication 1 on ")
    assert facts["Source"].endswith("/data/v/1/2021-q2/scores.csv")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/data/v/2/2021-q2/", "Publication 2 was not one of FY2021 Q2. That quarter has publication 1."),
        ("/data/v/2/2021-q2/scores.csv", "Publication 2 was not one of FY2021 Q2."),
        ("/data/v/9/2021-q2/scores.csv", "Publication 9 was not one of FY2021 Q2."),
        (f"/data/v/{10**30}/2021-q2/scores.csv", "was not one of FY2021 Q2."),
        ("/data/v/1/2019-q2/", "Nothing was ever published for FY2019 Q2."),
        ("/data/v/1/2021-q2/hisps.csv", "“hisps.csv” has no versions. Its one address is /data/hisps.csv."),
        ("/data/v/1/2021-q2/none.csv", "There is no data file “none.csv”."),
    ],
)
def test_version_that_is_not_there_is_404_with_those_that_are(address, sentence):
    publish()
    publish(when="2021-q1")
    answer = Client().get(address)
    assert answer.status_code == 404
    assert sentence in unescape(answer.content.decode())


def test_version_narrows_to_a_hisp_and_not_to_another_quarter():
    publish()
    publish("ssa-oo")
    assert trust_of("/data/v/2/2021-q2/responses.json?hisp=va-vha") == [("va-vha", 1, 5.0)]
    answer = Client().get("/data/v/2/2021-q2/responses.json?quarter=2021-q1")
    assert answer.status_code == 400
    assert "The filters are hisp, service, domain." in answer.content.decode()


def test_act_tells_what_it_did_to_whom_and_why():
    publish()
    publish("ssa-oo")
    two = publish(revision=2, note="Counted once.")
    withdraw(two)
    told = [(act.number, act.did, [(deed.slug, deed.what, deed.note) for deed in act.deeds]) for act in acts.latest(9)]
    assert told == [
        (4, "Figures of Provider va-vha withdrawn", [("va-vha", "withdrawn", "Counted twice.")]),
        (3, "Figures of Provider va-vha corrected", [("va-vha", "corrected", "")]),
        (2, "Figures of Provider ssa-oo published", [("ssa-oo", "published", "")]),
        (1, "Figures of Provider va-vha published", [("va-vha", "published", "")]),
    ]


def test_reason_of_a_correction_is_told_while_it_stands():
    publish()
    publish(revision=2, note="Counted once.")
    [deed] = acts.latest(1)[0].deeds
    assert (deed.what, deed.revision, deed.note) == ("corrected", 2, "Counted once.")


def test_figures_of_the_past_tell_one_day_on_the_page_of_their_publication_and_of_their_hisp():
    """Which is when OMB published them, and not the day on which they were taken over."""
    taken = publications.begin(Publication.Kind.HISTORY, quarter("2021-q2"))
    submission("va-vha", "2021-q2", surveys=[survey(trust=FIRST)])
    of_act, of_hisp = (
        unescape(Client().get(address).content.decode()).replace("\xa0", " ")
        for address in ("/data/v/1/2021-q2/", "/hisps/va-vha/2021-q2/")
    )
    assert f"Figures of Provider va-vha taken from OMB’s published files on {formats.day(taken.at)}." in of_act
    assert "May 1, 2021" in of_act
    assert 'published May 1, 2021 (<a href="/data/v/1/2021-q2/">publication 1</a>)' in of_hisp


def test_newest_version_of_each_quarter_comes_first():
    publish(when="2021-q2")
    publish(when="2021-q1")
    publish(when="2021-q1", revision=2)
    found = [(act.number, act.quarter.slug) for act in acts.newest_of_quarters(5)]
    assert found == [(1, "2021-q2"), (3, "2021-q1")]


def test_page_of_a_version_leads_to_the_newer_and_the_older_one():
    for revision in (1, 2, 3):
        publish(revision=revision)
    page = unescape(Client().get("/data/v/2/2021-q2/").content.decode())
    for words in ("/data/v/1/2021-q2/", "/data/v/3/2021-q2/", "There is a newer version", "/data/v/2/2021-q2/scores"):
        assert words in page


def test_publications_are_listed_in_pages(monkeypatch):
    monkeypatch.setattr(paging, "ON_A_PAGE", 2)
    for revision in (1, 2, 3):
        publish(revision=revision)
    first, last = (Client().get(f"/data/v/?page={page}").content.decode() for page in ("1", "2"))
    assert "page 1 of 2" in first
    assert "/data/v/3/2021-q2/" in first
    assert "/data/v/1/2021-q2/" in last


def test_what_is_not_public_is_no_deed():
    publish()
    submission("ssa-oo", state=State.APPROVED)
    assert [deed.slug for deed in acts.version(1, Q2).act.deeds] == ["va-vha"]
