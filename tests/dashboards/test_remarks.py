from html import unescape

import pytest

from reporting.contents import Contents, Survey
from reporting.models import Submission
from reporting.workbook import rules
from reporting.workbook.rules.public import PUBLIC
from tests import factories
from tests.factories import published_submission, survey

pytestmark = pytest.mark.django_db
ADDRESS = "/hisps/va-vha/2021-q2/"
PERCENTAGES = {"respondents": 18_366, "offered": 400_000, "customers": 900_000, "satisfaction": (20, 11, 11, 25, 33)}
ODD = survey(**PERCENTAGES)
SOUND = survey(trust=(10, 20, 300, 400, 500), respondents=1_230)
THEY_LOOK = "while there were 18,366 respondents: Satisfaction 20/11/11/25/33. They look like percentages."


def publish(*surveys: Survey, quarter: str = "2021-q2", previous: tuple[Survey, ...] = (), **fields) -> Submission:
    """With everything that the checks find, as intake keeps it."""
    contents = Contents(surveys=surveys, reflection="We learned.")
    services = tuple({each.service for each in surveys})
    before = Contents(surveys=previous) if previous else None
    problems = rules.problems(contents, rules.Context(services=services, previous=before))
    return published_submission("va-vha", quarter, surveys=surveys, problems=problems, **fields)


def text(client, address: str = ADDRESS) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode()).replace("\xa0", " ")


def test_counts_that_look_like_percentages_are_told_beside_their_survey_and_above(client):
    publish(ODD, survey("Other care", trust=(10, 20, 300, 400, 500), respondents=1_230))
    page = text(client)
    assert THEY_LOOK in page
    assert page.count("Read with care.") == 1
    assert "something odd in 1 survey" in page
    odd, sound = page.split('<section class="survey"')[1:]
    assert THEY_LOOK in odd
    assert "Read with care." not in sound


def test_service_tells_it_of_its_latest_quarter(client):
    publish(SOUND, quarter="2021-q1")
    publish(ODD)
    assert THEY_LOOK in text(client, "/services/va-vha-outpatient-care/")


def test_explanation_is_that_of_the_agency_and_escaped(client):
    publish(ODD, explanation="We had <b>no</b> counts.")
    assert "The agency explains: “We had &lt;b&gt;no&lt;/b&gt; counts.”" in client.get(ADDRESS).content.decode()


def test_sound_figures_are_not_talked_down(client):
    publish(SOUND)
    page = text(client)
    assert "Read with care." not in page
    assert "something odd" not in page


def test_what_is_between_the_reporter_and_omb_stays_there(client):
    publish(
        survey(trust=(10, 20, 300, 400, 500), respondents=1_230, customers=None),
        explanation="Between us.",
        contact_name="Ann Reporter",
        contact_email="ann@example.gov",
        comment="A comment.",
        revision_note="A note.",
    )
    kept = Submission.objects.get().findings
    assert kept.filter(rule="volume_missing", explanation="Between us.").exists()
    page = text(client)
    for private in ("Between us.", "Ann Reporter", "ann@example.gov", "A comment.", "A note."):
        assert private not in page


def test_answers_that_may_not_be_published_are_not_told_by_a_finding(client):
    publish(survey(**PERCENTAGES, fields={"publishable": False, "publishable_reason": "Clearance."}))
    assert Submission.objects.get().findings.filter(rule="percentages_as_counts").exists()
    page = text(client)
    assert "20/11/11" not in page
    assert "Read with care." not in page


def test_figures_that_are_those_of_a_survey_that_may_not_be_published_are_not_called_the_same(client):
    hidden = survey("Hidden care", trust=(10, 20, 300, 400, 500), fields={"publishable": False})
    publish(hidden, SOUND)
    assert Submission.objects.get().findings.filter(rule="same_figures_twice").exists()
    assert "exactly the same as those" not in text(client)


def test_same_figures_twice_are_told_when_both_are_public(client):
    publish(survey("Other care", trust=(10, 20, 300, 400, 500)), SOUND)
    assert "exactly the same as those of “Other care: Outpatient survey”" in text(client)


def test_figures_of_last_quarter_are_spoken_of_when_they_are_published(client):
    publish(SOUND, quarter="2021-q1")
    publish(SOUND, previous=(SOUND,))
    assert "exactly the same as last quarter" in text(client)


def test_figures_of_last_quarter_that_are_not_published_are_not_spoken_of(client):
    factories.submission("va-vha", "2021-q1", state=Submission.State.APPROVED, surveys=[SOUND])
    publish(SOUND, previous=(SOUND,))
    assert Submission.objects.get(state="published").findings.filter(rule="same_as_last_quarter").exists()
    assert "exactly the same as last quarter" not in text(client)


def test_of_two_surveys_of_one_name_the_one_that_it_is_about_is_told(client):
    by_phone = survey(trust=(10, 20, 300, 400, 500), respondents=1_230, fields={"channel": "phone"})
    publish(by_phone, ODD)
    first, second = text(client).split('<section class="survey"')[1:]
    assert "Read with care." not in first
    assert THEY_LOOK in second


def test_findings_of_a_replaced_revision_are_not_those_of_this_one(client):
    old = rules.problems(Contents(surveys=(ODD,)), rules.Context())
    factories.submission("va-vha", state=Submission.State.SUPERSEDED, surveys=[ODD], problems=old)
    publish(SOUND, revision=2, revision_note="-")
    assert "Read with care." not in text(client)


def test_rules_that_are_told_exist():
    assert {rule.name for rule in (*rules.FOR_EACH_SURVEY, *rules.FOR_THE_WHOLE)} >= PUBLIC
