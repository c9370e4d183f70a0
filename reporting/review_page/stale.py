"""What happened between the moment a person opened the page and the step that was refused because of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.models import Event, Submission
from reporting.review_page.forms import StepForm

_STATES = dict(Submission.State.choices)
_TOLD_AS_STATE = ("state", "lock_version")


@dataclass(frozen=True)
class Since:
    """One event, with the fields that it changed in words."""

    event: Event
    fields: tuple[str, ...]


def since(events: Sequence[Event], form: StepForm) -> list[Since]:
    """Those after the last event that the person saw; where that is not known, the last one."""
    seen = form.cleaned_data.get("seen") if hasattr(form, "cleaned_data") else None
    missed = [event for event in events if event.pk > seen] if seen is not None else list(events[-1:])
    return [Since(event, tuple(_fields(event))) for event in missed]


def _fields(event: Event) -> list[str]:
    moved = event.from_state != event.to_state
    words = [f"state: {_state(event.from_state)} → {_state(event.to_state)}"] if moved else []
    return words + [field.replace("_", " ") for field in event.after if field not in _TOLD_AS_STATE]


def _state(state: str) -> str:
    return _STATES.get(state, "none").lower()
