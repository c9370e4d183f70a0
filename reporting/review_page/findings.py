"""What the checks found, as a reviewer reads it: what the reporter had to explain first, equal sentences once."""

from collections.abc import Iterable
from dataclasses import dataclass

from reporting.models import Finding
from reporting.workbook.cells import ERROR, EXPLAIN, NOTE, SEVERITIES


@dataclass(frozen=True)
class Found:
    """One thing that the checks found, at one place or at several."""

    words: str
    explanation: str
    places: tuple[Finding, ...]


@dataclass(frozen=True)
class Group:
    severity: str
    heading: str
    found: tuple[Found, ...]


def groups(findings: Iterable[Finding]) -> list[Group]:
    """By severity."""
    found = list(findings)
    sorted_out = [
        (severity, [one for one in found if one.severity == severity]) for severity in (EXPLAIN, ERROR, NOTE)
    ]
    return [Group(severity, _heading(severity, each), _grouped(each)) for severity, each in sorted_out if each]


def _heading(severity: str, found: list[Finding]) -> str:
    explained = severity == EXPLAIN and any(each.explanation for each in found)
    return "Explained by the reporter" if explained else SEVERITIES[severity]


def _grouped(found: list[Finding]) -> tuple[Found, ...]:
    same: dict[tuple[str, str], list[Finding]] = {}
    for each in found:
        same.setdefault((each.found, each.explanation), []).append(each)
    return tuple(Found(words, explanation, tuple(places)) for (words, explanation), places in same.items())
