"""A step for several submissions at once: each by itself, so that one refused stops no other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reporting import open_comments, review_page, seen, transitions
from reporting.models import Submission


@dataclass(frozen=True)
class Outcome:
    """What became of one. `talk`: the warning of comments that are open."""

    submission: Submission
    words: str
    talk: str = ""
    is_done: bool = False


def take(step: review_page.Step, submissions: Sequence[Any], *, by: Any, last_seen: int | None) -> list[Outcome]:
    """`last_seen`: the last event when the list was shown; what changed since is left for another look."""
    changed = seen.changed_since(last_seen, submissions)
    return [_taken(step, each, by, None if each.pk in changed else last_seen) for each in submissions]


def _taken(step: review_page.Step, submission: Any, by: Any, last_seen: int | None) -> Outcome:
    if last_seen is None:
        words = f"changed after you opened the list, so it was not {step.done.lower()}. Look at it, then decide."
        return Outcome(submission, words)
    try:
        with seen.nothing_unheard(submission, last_seen):
            step.act(submission, by=by, lock_version=submission.lock_version)
    except transitions.Refused as refused:
        return Outcome(submission, str(refused))
    return Outcome(submission, f"{step.done.lower()}.", open_comments.warning(submission.open_comments), is_done=True)


@dataclass(frozen=True)
class Group:
    """Those of the same fate. `talk` is told of one at a time, since each has comments of its own."""

    words: str
    submissions: tuple[Submission, ...]
    talk: str = ""


def in_groups(outcomes: Sequence[Outcome]) -> list[Group]:
    """What was refused comes first: it still waits for somebody."""
    together: dict[tuple[str, int], list[Outcome]] = {}
    for each in sorted(outcomes, key=lambda outcome: outcome.is_done):
        together.setdefault((each.words, each.submission.pk if each.talk else 0), []).append(each)
    return [Group(same[0].words, tuple(each.submission for each in same), same[0].talk) for same in together.values()]
