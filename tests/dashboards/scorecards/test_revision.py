"""Every revision that is or was public has an address that stays with it; nothing else has one."""

from html import unescape

import pytest
from django.utils import timezone

from reporting import review
from reporting.contents import Metric
from reporting.models import Submission
from tests import factories, people
from tests.dashboards import acts
from tests.factories import published_submission, submission, survey

pytestmark = pytest.mark.django_db
State = Submission.State
BEFORE = survey(customers=10_000, trust=(0, 0, 0, 7777, 0))
AFTER = survey(customers=12_345, trust=(1, 2, 3, 4, 5))
AT = "/hisps/va-vha/2021-q2/revisions/"


def text(client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return unescape(answer.content.decode()).replace("\xa0", " ")


def superseded(**fields):
    return submission(state=State.SUPERSEDED, **{"surveys": [BEFORE], **fields})


def corrected(**fields):
    words = {"revision": 2, "revision_note": "-", "public_note": "Counted once."}
    return published_submission(**{"surveys": [AFTER], **words, **fields})


def test_superseded_revision_keeps_its_figures_under_a_banner_that_says_by_what_when_and_why(client):
    superseded()
    corrected()
    page = text(client, f"{AT}1/")
    for words in (
        "Superseded: these figures no longer count",
        "Revision 1, published May 1, 2021 (publication 1), was superseded by",
        "on May 2, 2021 (publication 1)",
        "Counted once.",
        "counts in no score and no data file",
        "7,777 answers",
        "4.00",
    ):
        assert words in page
    assert f'href="{AT}2/"' in page
    assert '<meta name="robots" content="noindex">' in page
    assert "/data/scores.csv" not in page


def test_superseded_revision_shows_what_changed_figure_by_figure(client):
    superseded()
    corrected()
    changed = (
        text(client, f"{AT}1/").partition("What changed with revision 2")[2].partition("as they were published")[0]
    )
    assert "2 figures or texts changed." in changed
    rows = (
        "Customers",
        "10,000",
        "12,345",
        "Trust, answers",
        "0 · 0 · 0 · 7,777 · 0",
        "1 · 2 · 3 · 4 · 5",
        "score 3.67",
    )
    assert [words for words in rows if words not in changed] == []


def test_changes_are_those_since_the_next_public_revision(client):
    superseded()
    submission(state=State.RETURNED, revision=2, revision_note="-", surveys=[survey(trust=(8888, 0, 0, 0, 0))])
    corrected(revision=3)
    page = text(client, f"{AT}1/")
    assert "What changed with revision 3" in page
    assert "8,888" not in page


def test_current_revision_names_the_page_of_the_quarter_as_its_own(client):
    superseded()
    corrected()
    page = text(client, f"{AT}2/")
    assert '<link rel="canonical" href="/hisps/va-vha/2021-q2/">' in page
    assert "This is revision 2, the one that counts." in page
    assert "15 answers" in page


def test_withdrawn_revision_says_when_and_why_and_shows_no_figure(client):
    submission(state=State.WITHDRAWN, surveys=[BEFORE], public_note="Counted twice.", reflection="We learned.")
    corrected()
    page = text(client, f"{AT}1/")
    for words in ("Revision 1 was withdrawn on May 2, 2021", "Counted twice.", "Revision 2 counts now"):
        assert words in page
    for hidden in ("7,777", "4.00", "We learned."):
        assert hidden not in page


def test_what_a_withdrawn_revision_changed_stays_hidden(client):
    superseded()
    submission(state=State.WITHDRAWN, surveys=[AFTER], revision=2, revision_note="Secret.", public_note="Wrong file.")
    page = text(client, f"{AT}1/")
    assert "What it changed is not shown, because that revision was withdrawn." in page
    assert "That revision was withdrawn on May 2, 2021." in page
    for hidden in ("12,345", "3.67", "Secret.", "Wrong file."):
        assert hidden not in page


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.RETURNED, State.APPROVED])
@pytest.mark.parametrize("who", ["nobody", "reporter", "reviewer", "administrator"])
def test_revision_that_is_not_public_is_nowhere_for_anybody(client, state, who):
    published_submission(surveys=[BEFORE])
    submission(state=state, revision=2, revision_note="-", surveys=[AFTER])
    if who != "nobody":
        makers = {"reporter": lambda: people.reporter(factories.hisp()), "reviewer": people.reviewer}
        client.force_login(makers.get(who, people.administrator)())
    unknown, hidden = (text(client, f"{AT}{number}/", 404).partition("<main")[2] for number in (3, 2))
    assert "Provider va-vha has no public revision 2 for FY2021 Q2." in hidden
    assert unknown.replace("revision 3", "revision 2") == hidden


@pytest.mark.parametrize(
    "address",
    [
        f"{AT}0/",
        f"{AT}99999999999999999999/",
        f"{AT}{'9' * 5000}/",
        f"{AT}-1/",
        f"{AT}²/",
        "/hisps/nobody/2021-q2/revisions/1/",
        "/hisps/va-vha/2020-q1/revisions/1/",
        "/hisps/ssa-oo/2021-q2/revisions/1/",
    ],
)
def test_address_of_no_revision_is_a_page_with_a_way_out(client, address):
    published_submission(surveys=[BEFORE])
    factories.hisp("ssa-oo")
    assert "Go to the latest quarter" in text(client, address, 404)


def test_answers_that_may_not_be_published_are_hidden_in_every_revision_and_in_what_changed(client):
    fields = {"publishable": False, "publishable_reason": "Old clearance."}
    superseded(surveys=[survey(trust=(0, 0, 0, 7777, 0), fields=fields)])
    corrected(surveys=[survey(trust=(0, 0, 0, 8888, 0), fields=fields)])
    page = text(client, f"{AT}1/")
    for hidden in ("7,777", "8,888"):
        assert hidden not in page
    assert "No figure and no text that is public changed." in page


def test_answers_that_a_correction_does_not_allow_any_more_are_hidden_in_the_old_revision_too(client):
    superseded()
    corrected(
        surveys=[
            survey(
                customers=12_345, trust=(0, 0, 0, 8888, 0), fields={"publishable": False, "publishable_reason": "Old."}
            )
        ]
    )
    page = text(client, f"{AT}1/")
    assert "This became known after they were published." in page
    for hidden in ("7,777", "8,888"):
        assert hidden not in page


def test_answers_stay_hidden_when_the_correction_also_renames_the_survey(client):
    superseded()
    corrected(surveys=[survey(provided="Another name", trust=(0, 0, 0, 8888, 0), fields={"publishable": False})])
    page = text(client, f"{AT}1/")
    assert "This became known after they were published." in page
    assert "7,777" not in page


def test_survey_that_a_correction_still_shows_is_not_hidden_by_another_that_it_withholds(client):
    superseded()
    hidden = survey(provided="Another name", trust=(0, 0, 0, 8888, 0), fields={"publishable": False})
    corrected(surveys=[AFTER, hidden])
    page = text(client, f"{AT}1/")
    assert "7,777 answers" in page
    assert "8,888" not in page


def test_nothing_that_is_not_public_stands_on_any_revision(client):
    private = {
        "contact_name": "CANARY name",
        "contact_email": "canary@example.gov",
        "comment": "CANARY comment",
    }
    superseded(**private, metrics=[Metric("Calls", 48)])
    second = corrected(**private | {"contact_name": "CANARY other"}, metrics=[Metric("Calls", 49)])
    submission(state=State.SUBMITTED, revision=3, revision_note="CANARY note", reflection="CANARY words", **private)
    second.comments.create(text="CANARY remark", by=people.reviewer())
    for address in ("/hisps/va-vha/2021-q2/", f"{AT}1/", f"{AT}2/", "/corrections/"):
        assert "canary" not in text(client, address).lower(), address


def test_note_of_a_first_publication_is_nobodys_business(client):
    submission(state=State.RETURNED)
    first = submission(state=State.APPROVED, revision=2, revision_note="CANARY first", surveys=[BEFORE])
    administrator = people.administrator()
    review.publish(first, by=administrator)
    third = submission(state=State.APPROVED, revision=3, revision_note="Counted once.", surveys=[AFTER])
    review.publish(third, by=administrator)
    for address in ("/hisps/va-vha/2021-q2/", f"{AT}2/", f"{AT}3/", "/corrections/"):
        page = text(client, address)
        assert "CANARY" not in page
        assert administrator.username not in page
    assert "Counted once." in text(client, f"{AT}2/")


def test_until_a_correction_is_published_the_old_revision_stays_public_at_the_same_addresses(client):
    first = published_submission(surveys=[BEFORE])
    second = submission(state=State.APPROVED, revision=2, revision_note="Counted once.", surveys=[AFTER])
    assert "7,777" in text(client, "/hisps/va-vha/2021-q2/")
    assert "This is revision 1, the one that counts." in text(client, f"{AT}1/")
    review.publish(second, by=people.administrator())
    first.refresh_from_db()
    assert first.ended_at <= timezone.now()
    assert "7,777" not in text(client, "/hisps/va-vha/2021-q2/")
    assert "7,777" in text(client, f"{AT}1/")
    assert "Superseded" in text(client, f"{AT}1/")


def test_superseded_figures_count_in_no_score_and_no_file(client):
    superseded()
    corrected()
    for address in ("/", "/hisps/", "/hisps/va-vha/", "/quarters/2021-q2/", "/domains/trust/"):
        assert "7,777" not in text(client, address), address
    for address in ("/data/collections.csv", "/data/scores.csv", "/data/scores.json"):
        assert b"7777" not in b"".join(client.get(address).streaming_content), address


def test_page_of_the_quarter_leads_to_its_former_revisions(client):
    superseded()
    corrected()
    page = text(client, "/hisps/va-vha/2021-q2/")
    assert 'Revision 2, published May 1, 2021 (<a href="/data/v/1/2021-q2/">publication 1</a>)' in page
    assert f'href="{AT}1/"' in page
    assert f'href="{AT}2/"' in page


def test_superseded_revision_leads_to_the_files_that_hold_its_figures(client):
    first = acts.publish(counts=(0, 0, 0, 7777, 0))
    acts.publish("ssa-oo")
    acts.publish(revision=2, counts=(1, 2, 3, 4, 5))
    address = f"/data/v/{first.publication.number}/2021-q2/collections.csv?hisp=va-vha"
    assert f'href="{address}"' in text(client, f"{AT}1/")
    assert b"7777" in b"".join(client.get(address).streaming_content)
    assert "/data/v/" not in text(client, f"{AT}2/").partition("Download:")[2]
