"""What the review desk shows of one submission, and the steps it offers there.

The rules are in reporting.review: here each step gets its button, its form and its words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery

from reporting import review
from reporting.contents import Contents
from reporting.figures import contents_of, previous_contents
from reporting.fiscal import days_late
from reporting.forms import CommentForm
from reporting.indicator import OF_SUBMITTED, WORDS, Indicator, indicator
from reporting.models import Expectation, Finding, Submission
from reporting.preview import Preview, preview
from reporting.workbook.cells import ERROR, EXPLAIN, NOTE, SEVERITIES


class StepForm(forms.Form):
    """`lock_version`: the state of things that the person saw when she decided."""

    lock_version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": "Open the submission again, then decide."}
    )
    reason: Any = None

    def words(self) -> dict[str, str]:
        return {}


class ReturnForm(StepForm):
    reason = forms.CharField(
        label="What needs to change?",
        help_text="The reporter sees your words.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Please say what needs to change: the reporter will see your words."},
    )

    def words(self) -> dict[str, str]:
        return {"reason": self.cleaned_data["reason"]}


class WithdrawForm(ReturnForm):
    reason = forms.CharField(
        label="Why are the figures withdrawn?",
        help_text="Everybody sees your words, in place of the figures.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Please say why the figures are withdrawn: the public will see your words."},
    )


class IndicatorForm(StepForm):
    indicator = forms.ChoiceField(
        label="Indicator",
        choices=[("", "Choose one"), *((color, WORDS[color]) for color in OF_SUBMITTED)],
        error_messages={"required": "Please choose an indicator."},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="Everybody sees your words, in place of the computed reasons.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Please say why: the public will see your words."},
    )

    def words(self) -> dict[str, str]:
        return {field: self.cleaned_data[field] for field in ("indicator", "reason")}


class DeskCommentForm(CommentForm):
    cell = forms.CharField(
        label="About which cell?",
        help_text="Such as Responses!H14. Leave it blank for the whole submission.",
        max_length=60,
        required=False,
    )


@dataclass(frozen=True)
class Step:
    """A transition with its button. `folded`: needed seldom, so its form opens on demand."""

    slug: str
    transition: review.Transition
    act: Callable[..., Submission]
    button: str
    done: str
    form: type[StepForm] = StepForm
    hint: str = ""
    folded: bool = False

    def ask(self, data: Any = None, lock_version: int | None = None) -> StepForm:
        return self.form(data, auto_id=f"{self.slug}-%s", initial={"lock_version": lock_version})


STEPS: dict[str, Step] = {
    step.slug: step
    for step in (
        Step("approve", review.APPROVE, review.approve, "Approve", "Approved"),
        Step("publish", review.PUBLISH, review.publish, "Publish", "Published"),
        Step(
            "begin",
            review.BEGIN_REVIEW,
            review.begin_review,
            "Begin review",
            "Review begun",
            hint="From then on the reporter cannot take it back.",
        ),
        Step("return", review.RETURN, review.return_for_changes, "Return for changes", "Returned", ReturnForm),
        Step("withdraw", review.WITHDRAW, review.withdraw, "Withdraw from the public", "Withdrawn", WithdrawForm),
        Step(
            "indicator",
            review.OVERRIDE_INDICATOR,
            review.override_indicator,
            "Set the indicator",
            "Indicator set",
            IndicatorForm,
            folded=True,
        ),
    )
}


@dataclass(frozen=True)
class Offer:
    """A step that this person may take now, or the sentence that says why another person must."""

    step: Step
    form: StepForm
    why_not: str


def offers(submission: Submission, user: Any, bound: StepForm | None = None) -> list[Offer]:
    """The steps that the submission's state and the person's role allow. `bound`: a form that was sent and refused."""
    return [
        Offer(step, _form(step, submission, bound), review.why_not(submission, step.transition, user))
        for step in STEPS.values()
        if submission.state in step.transition.sources
        and review.may(user, step.transition)
        and not (step.slug == "begin" and submission.review_begun_at)
    ]


def _form(step: Step, submission: Submission, bound: StepForm | None) -> StepForm:
    return bound if type(bound) is step.form else step.ask(lock_version=submission.lock_version)


def shown_indicator(submission: Submission, contents: Contents) -> Indicator:
    """The computed one, unless a reviewer decided otherwise and said why."""
    if submission.indicator_override:
        return Indicator(submission.indicator_override, (submission.indicator_reason,))
    return indicator(contents)


def with_extension(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Adds `extended_to`: the day that OMB gave this HISP instead of the quarter's, or None."""
    own = Expectation.objects.filter(quarter=OuterRef("quarter"), hisp=OuterRef("hisp"))
    return submissions.annotate(extended_to=Subquery(own.values("extended_to")[:1]))


def next_in_queue(user: Any, after: Submission) -> Submission | None:
    """The submission that has waited longest and that this person may decide on."""
    waiting = Submission.objects.filter(state=Submission.State.SUBMITTED).exclude(pk=after.pk)
    others = waiting.exclude(submitted_by=user).exclude(uploaded_by=user)
    return others.select_related("hisp", "quarter").order_by("submitted_at", "pk").first()


def context(submission: Any, user: Any, bound: StepForm | None = None) -> dict[str, Any]:
    """Everything that is needed to decide. `submission` comes from `figures.loaded` and `with_extension`."""
    contents = contents_of(submission)
    figures = preview(contents)
    due_at = submission.extended_to or submission.quarter.due_at
    return {
        "submission": submission,
        "preview": figures,
        "domains": _beside_last_quarter(submission, figures),
        "last_quarter": submission.quarter.fiscal.previous,
        "indicator": shown_indicator(submission, contents),
        "computed": indicator(contents),
        "findings": _findings(submission),
        "due_at": due_at,
        "days_late": days_late(submission.submitted_at, due_at),
        "offers": offers(submission, user, bound),
        "comments": submission.comments.select_related("by"),
        "comment_form": DeskCommentForm(),
        "events": submission.events.select_related("by"),
        "revisions": submission.hisp.submissions.filter(quarter=submission.quarter).order_by("revision"),
        "next": next_in_queue(user, submission) if review.may(user, review.APPROVE) else None,
    }


def _beside_last_quarter(submission: Submission, figures: Preview) -> list[tuple[Any, Any]]:
    """Each domain pooled over the surveys, with the same of the quarter before (None where there was no report)."""
    former = previous_contents(submission.hisp_id, submission.quarter.fiscal)
    before = preview(former).domains if former else [None] * len(figures.domains)
    return list(zip(figures.domains, before, strict=True))


@dataclass(frozen=True)
class Found:
    """One thing that the checks found, at one place or at several."""

    words: str
    explanation: str
    places: tuple[Finding, ...]


def _findings(submission: Submission) -> list[tuple[str, str, list[Found]]]:
    """What the checks found, by severity; what the reporter had to explain comes first."""
    found = list(submission.findings.all())
    groups = [(severity, [each for each in found if each.severity == severity]) for severity in (EXPLAIN, ERROR, NOTE)]
    return [(severity, _heading(severity, each), _grouped(each)) for severity, each in groups if each]


def _heading(severity: str, found: list[Finding]) -> str:
    explained = severity == EXPLAIN and any(each.explanation for each in found)
    return "Explained by the reporter" if explained else SEVERITIES[severity]


def _grouped(found: list[Finding]) -> list[Found]:
    """Equal sentences said once, with their places."""
    same: dict[tuple[str, str], list[Finding]] = {}
    for each in found:
        same.setdefault((each.found, each.explanation), []).append(each)
    return [Found(words, explanation, tuple(places)) for (words, explanation), places in same.items()]
