"""The steps of the review desk: each transition with its button, its form and its words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reporting import comments, review, transitions
from reporting.comments import Thread
from reporting.figures import contents_of
from reporting.models import Event, Submission
from reporting.review_page.facts import shown_indicator
from reporting.review_page.forms import (
    CorrectionForm,
    IndicatorForm,
    ReturnForm,
    StepForm,
    TakeBackForm,
    WithdrawForm,
)


def approve(submission: Submission, *, by: Any, lock_version: int | None) -> Submission:
    """Approving confirms the indicator that the page shows, and the event says which."""
    shown = shown_indicator(submission, contents_of(submission))
    note = " ".join([f"Indicator confirmed: {shown.words}.", *shown.reasons])
    return review.approve(submission, by=by, lock_version=lock_version, note=note)


def return_for_changes(submission: Submission, *, by: Any, lock_version: int | None, reason: str) -> Submission:
    """OMB's open comments go along."""
    note = comments.with_remarks(reason, comments.of(submission).to_return)
    return review.return_for_changes(submission, by=by, reason=note, lock_version=lock_version)


@dataclass(frozen=True)
class Step:
    """A transition with its button. `folded`: needed seldom, so its form opens on demand; `leads_on`: afterwards the
    next submission may be opened at once; `warns`: open comments are told of, before and after."""

    slug: str
    transition: transitions.Transition
    act: Callable[..., Submission]
    button: str
    done: str
    form: type[StepForm] = StepForm
    hint: str = ""
    folded: bool = False
    leads_on: bool = False
    warns: bool = False

    def ask(self, data: Any = None) -> StepForm:
        return self.form(data, auto_id=f"{self.slug}-%s")


STEPS: dict[str, Step] = {
    step.slug: step
    for step in (
        Step(
            "approve",
            transitions.APPROVE,
            approve,
            "Approve",
            "Approved",
            hint="This confirms the indicator shown above.",
            leads_on=True,
            warns=True,
        ),
        Step("publish", transitions.PUBLISH, review.publish, "Publish", "Published", leads_on=True, warns=True),
        Step(
            "return",
            transitions.RETURN,
            return_for_changes,
            "Return for changes",
            "Returned",
            ReturnForm,
            leads_on=True,
        ),
        Step(
            "ask-for-correction",
            transitions.ASK_FOR_CORRECTION,
            review.ask_for_correction,
            "Ask for a correction",
            "Correction asked for",
            CorrectionForm,
            hint="The HISP can then send a new revision, even when the quarter is closed.",
            folded=True,
        ),
        Step(
            "take-back-correction",
            transitions.TAKE_BACK_CORRECTION,
            review.take_back_correction,
            "Take the request for a correction back",
            "Request taken back",
            TakeBackForm,
            hint="What is public stays as it is. A closed quarter takes no more figures of the HISP.",
            folded=True,
        ),
        Step("withdraw", transitions.WITHDRAW, review.withdraw, "Withdraw from the public", "Withdrawn", WithdrawForm),
        Step(
            "indicator",
            transitions.OVERRIDE_INDICATOR,
            review.override_indicator,
            "Set the indicator",
            "Indicator set",
            IndicatorForm,
            hint="The computed one stays, unless you set another.",
            folded=True,
        ),
        Step(
            "begin",
            transitions.BEGIN_REVIEW,
            review.begin_review,
            "Begin review",
            "Review begun",
            hint="Once the review has begun, the reporter cannot take it back.",
        ),
    )
}


@dataclass(frozen=True)
class Offer:
    """A step that this person may take now, or the sentence that says why another person must. `along`: the comments
    that go with it."""

    step: Step
    form: StepForm
    why_not: str
    along: tuple[Thread, ...] = ()


def offers(
    submission: Submission,
    user: Any,
    bound: tuple[Step, StepForm] | None = None,
    open_remarks: Any = (),
    *,
    asked: Event | None = None,
) -> list[Offer]:
    """The steps that the submission's state and the person's role allow. `bound`: a form that was sent and refused;
    `asked`: the request for a correction that stands."""
    return [
        Offer(
            step,
            bound[1] if bound and bound[0] == step else step.ask(),
            transitions.why_not(submission, step.transition, user),
            tuple(open_remarks) if step.slug == "return" else (),
        )
        for step in STEPS.values()
        if submission.state in step.transition.sources
        and transitions.may(user, step.transition)
        and not (step.slug == "begin" and submission.review_begun_at)
        and not (step.slug == "ask-for-correction" and asked)
        and not (step.slug == "take-back-correction" and not review.may_take_back(asked, user))
    ]
