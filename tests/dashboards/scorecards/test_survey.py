"""One touchpoint's survey over one channel, quarter by quarter."""

import pytest

from dashboards.scorecards import Missing, survey_page
from reporting.models import Submission
from tests.factories import published_submission, submission, survey

pytestmark = pytest.mark.django_db
LOW, HIGH = (20, 20, 20, 20, 20), (0, 0, 0, 50, 50)


def publish(quarter="2021-q2", *, trust=LOW, wording="I trust it.", **fields):
    surveys = [survey(trust=trust, wordings={"trust": wording}, **fields)]
    return published_submission("va-vha", quarter, surveys=surveys)


def slug_of(published: Submission) -> str:
    report = published.reports.get()
    return f"{report.touchpoint_id}-{report.channel}"


def trust(page):
    return next(question for question in page.questions if question.slug == "trust")


def test_counts_scores_and_volumes_of_every_quarter_newest_first():
    publish("2021-q1", customers=5_000)
    page = survey_page(slug_of(publish(trust=HIGH)))
    assert [(row.quarter.slug, row.counts, row.score.text) for row in trust(page).rows] == [
        ("2021-q2", ("0", "0", "0", "50", "50"), "4.50"),
        ("2021-q1", ("20", "20", "20", "20", "20"), "3.00"),
    ]
    assert [row.volumes[0].text for row in page.quarters] == ["10,000", "5,000"]
    assert page.result.score.change.text == "+1.50"


def test_wording_is_told_once_for_the_quarters_that_it_was_asked_in():
    publish("2020-q4", wording="I trust it.")
    publish("2021-q1", wording="i trust  it")
    page = survey_page(slug_of(publish("2021-q2", wording="I trust VA.")))
    assert [(one.text, one.span) for one in trust(page).wordings] == [
        ("I trust VA.", "FY2021 Q2"),
        ("I trust it.", "FY2020 Q4 to FY2021 Q1"),
    ]


def test_same_touchpoint_over_another_channel_is_another_survey():
    email = slug_of(publish("2021-q1"))
    phone = slug_of(publish("2021-q2", fields={"channel": "phone"}))
    assert [row.quarter.slug for row in survey_page(email).quarters] == ["2021-q1"]
    assert [row.quarter.slug for row in survey_page(phone).quarters] == ["2021-q2"]


def test_survey_without_channel_has_an_address_too():
    page = survey_page(slug_of(publish(fields={"channel": ""})).rstrip("-"))
    assert page.slug.isdigit()


def test_domain_that_was_not_asked_says_so():
    page = survey_page(slug_of(publish()))
    ease = next(question for question in page.questions if question.slug == "ease")
    assert (ease.rows, ease.silent) == ((), (("Not asked in this survey", "FY2021 Q2"),))


def test_questions_of_the_agency_s_own_are_shown():
    page = survey_page(slug_of(published_submission(surveys=[survey(trust=LOW, extra_1=HIGH)])))
    assert "extra_1" in [question.slug for question in page.questions]


def test_scale_and_conversion_are_told_beside_the_quarter():
    page = survey_page(slug_of(publish(fields={"scale": "ten_point", "conversion": "Halved."})))
    assert any("Ten-point scale" in note for note in page.quarters[0].notes)
    assert "How it was converted: Halved." in page.quarters[0].notes


@pytest.mark.parametrize(
    "slug", ["0", "999999-email", "1x", "-email", "12345678901234567890-email", "email", "01-email"]
)
def test_what_names_no_survey_is_missing(slug):
    with pytest.raises(Missing, match="There is no survey"):
        survey_page(slug)


def test_survey_that_was_never_published_is_missing():
    draft = submission("va-vha", "2021-q2", state=Submission.State.APPROVED, surveys=[survey(trust=LOW)])
    with pytest.raises(Missing, match="There is no survey"):
        survey_page(slug_of(draft))


def test_answers_that_may_not_be_published_are_not_here(client):
    hidden = publish(trust=(0, 0, 0, 0, 7777), fields={"publishable": False, "publishable_reason": "Old clearance."})
    page = client.get(f"/surveys/{slug_of(hidden)}/").content.decode()
    assert "7,777" not in page
    assert "Old clearance." in page


def test_pages_of_the_quarter_and_of_the_service_lead_to_it(client):
    address = f'href="/surveys/{slug_of(publish())}/"'
    for page in ("/hisps/va-vha/2021-q2/", "/services/va-vha-outpatient-care/"):
        assert address in client.get(page).content.decode()


def test_page_tells_what_it_is_and_leads_on(client):
    page = client.get(f"/surveys/{slug_of(publish())}/").content.decode()
    for words in (
        "Outpatient survey",
        "“I trust it.”",
        "From customers to responses",
        "/hisps/va-vha/2021-q2/",
        "?service=",
    ):
        assert words in page


def test_page_of_no_survey_is_404(client):
    assert client.get("/surveys/7-email/").status_code == 404
