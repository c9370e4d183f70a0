"""Everything that is needed to decide on one submission, in a number of queries that does not grow."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from reporting import anchors, asked_corrections, comments
from reporting.anchors import Placed
from reporting.beside import Beside, beside
from reporting.comment_forms import CellCommentForm
from reporting.figures import contents_of
from reporting.fiscal import days_late
from reporting.indicator import indicator
from reporting.models import Event, Submission
from reporting.review_page import changed, findings, stale
from reporting.review_page.changed import Revision
from reporting.review_page.facts import Family, shown_indicator
from reporting.review_page.findings import Group
from reporting.review_page.forms import StepForm
from reporting.review_page.queue import queue_of
from reporting.review_page.steps import Step, offers
from reporting.seen import COMMENT


def context(
    submission: Any,
    user: Any,
    *,
    bound: tuple[Step, StepForm] | None = None,
    comment_form: forms.Form | None = None,
    refused: str = "",
) -> dict[str, Any]:
    """`submission` comes from `with_dates`. `bound`, `comment_form`: what was sent and refused. In the answer
    `typed` is the reason given for a step that is not offered any more, so that it is not lost."""
    family = Family(submission)
    contents = contents_of(family.submission)
    figures = beside(contents, contents_of(family.earlier) if family.earlier else None)
    threads, events = comments.of(submission), _events(family)
    surveys = anchors.surveys(family.submission, figures.blocks, threads)
    revision = changed.revision(family, contents, surveys, threads, events)
    found = findings.groups(submission.findings.all())
    return {
        "submission": submission,
        "figures": figures,
        "surveys": surveys,
        "revision": revision,
        "just_before": submission.quarter.fiscal.previous,
        "last_quarter": family.earlier.quarter.fiscal if family.earlier else submission.quarter.fiscal.previous,
        "last_submission": family.earlier,
        "indicator": shown_indicator(submission, contents),
        "computed": indicator(contents),
        "findings": found,
        "threads": threads,
        "elsewhere": anchors.elsewhere(surveys, threads),
        "parts": _parts(figures, surveys, revision, found, threads),
        **_dates(submission),
        **_steps(submission, user, bound, refused, threads, events),
        "comment_form": comment_form or CellCommentForm(),
        "published_in": family.submission.publication,
        "ended_in": family.submission.ended_in,
        "revisions": family.revisions,
        "queue": queue_of(user, submission),
    }


def _steps(
    submission: Any,
    user: Any,
    bound: tuple[Step, StepForm] | None,
    refused: str,
    threads: comments.Threads,
    events: list[Event],
) -> dict[str, Any]:
    """What may be done now; and of a step that was refused, what happened since and what was typed."""
    own = [event for event in events if event.submission_id == submission.pk]
    asked = asked_corrections.among(own)
    offered = offers(submission, user, bound, threads.to_return, asked=asked)
    in_vain = bound[1] if refused and bound else None
    return {
        "offers": offered,
        "asked": asked,
        "events": own,
        "seen": events[-1].pk if events else 0,
        "refused": refused,
        "since": stale.since(_concerning(submission, events), in_vain) if in_vain else [],
        "typed": in_vain.typed if in_vain and not any(each.form is in_vain for each in offered) else "",
    }


def _events(family: Family) -> list[Event]:
    """Of all revisions, oldest first."""
    return list(Event.objects.filter(submission__in=family.revisions).select_related("by").order_by("pk"))


def _concerning(submission: Submission, events: list[Event]) -> list[Event]:
    """What happened to it, and what was said of other revisions: that stands on the page, too."""
    return [event for event in events if event.submission_id == submission.pk or event.transition == COMMENT]


def _dates(submission: Any) -> dict[str, Any]:
    due_at = submission.extended_to or submission.quarter.due_at
    return {"due_at": due_at, "days_late": days_late(submission.first_submitted_at, due_at)}


@dataclass(frozen=True)
class Part:
    """An entry of the page's table of contents. `count` is None where there is nothing to count."""

    anchor: str
    name: str
    count: int | None = None
    remarks: tuple[str, ...] = ()


def _parts(
    figures: Beside, surveys: list[Placed], revision: Revision | None, found: list[Group], threads: comments.Threads
) -> list[Part]:
    parts = [Part("changes", f"Changes since revision {revision.number}", revision.count)] if revision else []
    parts.append(Part("findings", "Findings", sum(len(group.found) for group in found)))
    parts.append(Part("domains", "Domain scores", sum(row.now.tally.n > 0 for row in figures.domains)))
    parts += [Part(f"survey-{each.number}", _name(each), None, tuple(_remarks(each))) for each in surveys]
    for anchor, name, rows in (
        ("metrics", "Operational metrics", figures.now.contents.metrics),
        ("indexes", "Index scores", figures.now.contents.indexes),
    ):
        parts += [Part(anchor, name, len(rows))] if rows else []
    opened = len(threads.open)
    parts += [Part("words", "Reflection"), Part("comments", "Comments", opened, ("open",) if opened else ())]
    return [*parts, Part("events", "What happened"), Part("files", "Files and contact")]


def _name(placed: Placed) -> str:
    survey = placed.block.now.survey
    return f"Survey {placed.number}: {survey.service_provided or survey.service}"


def _remarks(placed: Placed) -> Iterator[str]:
    """What is to be looked at in a survey."""
    block = placed.block
    for count, words in ((block.jumps, "jump"), (block.other_words, "other wording"), (placed.open, "open comment")):
        if count:
            yield f"{count} {words}{'' if count == 1 else 's'}"
