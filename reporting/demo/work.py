"""Work in progress in the open quarter: made-up figures that went the whole way through workbook, upload and review.

Nothing of it is public. The figures are those of the HISP's newest published quarter, moved a little.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from hisps.models import Hisp
from reporting import figures, intake, prefill, quarters, review
from reporting.contents import Contents, Question, Survey
from reporting.demo.fill import filled
from reporting.domains import DOMAIN_BY_SLUG
from reporting.models import Expectation, Quarter, Submission
from reporting.scoring import Tally

MADE_UP = "These figures were made up for the demonstration."
REASON = "Please check the number of people who were offered the survey: it is far higher than in earlier quarters."
EXTENSION = timedelta(days=14)


@dataclass(frozen=True)
class Story:
    """How far the submission of one HISP has come: what the reviewer did with it."""

    hisp: str
    reviewed: Callable[[Submission, User], object] | None = None


STORIES = (
    Story("dhs-uscis"),
    Story("ed-fsa", lambda submission, by: review.return_for_changes(submission, by=by, reason=REASON)),
    Story("gsa-pep", lambda submission, by: review.approve(submission, by=by)),
)
EXTENDED = "va-vha"  # so that the first reporter is in time


def in_progress(quarter: Quarter, accounts: Mapping[str, User]) -> None:
    """Tells every story whose HISP has sent nothing yet, and gives the first reporter some more days."""
    for story in STORIES:
        hisp = Hisp.objects.select_related("department").get(slug=story.hisp)
        if not hisp.uploads.filter(quarter=quarter).exists():
            submission = _submitted(hisp, quarter, by=accounts["reporter2"])
            if story.reviewed is not None:
                story.reviewed(submission, accounts["reviewer"])
    _extend(quarter, by=accounts["administrator"])


def _extend(quarter: Quarter, by: User) -> None:
    expectation = Expectation.objects.get(quarter=quarter, hisp__slug=EXTENDED)
    if expectation.due_at < timezone.now():
        last_day = timezone.localdate() + EXTENSION
        quarters.extend(expectation, by=by, to=last_day, reason="More time for the demonstration.")


def _submitted(hisp: Hisp, quarter: Quarter, by: User) -> Submission:
    workbook = filled(prefill.workbook_for(hisp, quarter), _made_up(hisp))
    receipt = intake.receive(workbook, prefill.file_name(hisp, quarter), hisp=hisp, quarter=quarter, by=by)
    assert receipt.submission is not None, receipt.upload.report
    findings = receipt.submission.findings.all()
    return review.submit(receipt.submission, by=by, explanations={finding.pk: MADE_UP for finding in findings})


def _made_up(hisp: Hisp) -> Contents:
    newest = figures.loaded(hisp.submissions.published().exclude(reports=None)).first()
    assert newest is not None, hisp
    surveys = figures.contents_of(newest).surveys
    return Contents(
        contact_name="Robin Reporter",
        contact_email="reporter2@example.gov",
        reflection=f"{MADE_UP} In a real submission the agency writes here what it learned this quarter.",
        comment=MADE_UP,
        surveys=tuple(_moved(survey, hisp.name) for survey in surveys),
    )


def _moved(survey: Survey, provider: str) -> Survey:
    """The survey with some 3 % more of everything, and the official wordings."""
    return replace(
        survey,
        customers=_more(survey.customers),
        offered=_more(survey.offered),
        respondents=_more(survey.respondents),
        questions=tuple(_question(question, provider) for question in survey.questions),
    )


def _more(people: int | None) -> int | None:
    return None if people is None else people * 104 // 100


def _question(question: Question, provider: str) -> Question:
    if question.tally is None:
        return question
    statement = DOMAIN_BY_SLUG[question.domain].statement if question.domain in DOMAIN_BY_SLUG else "Another question"
    wording = statement.replace("[Program/Service name]", provider)
    return Question(question.domain, wording, Tally(*(count * 103 // 100 for count in question.tally.counts)))
