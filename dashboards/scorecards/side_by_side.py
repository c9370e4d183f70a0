"""Scores of several subjects in rows, each beside that of the first: how far apart, and whether that is more than the
margin of error.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dashboards import formats
from dashboards.comparisons import Estimate, combined_estimate, difference, domain_estimate, domains_of
from dashboards.scorecards.subjects import Subject
from dashboards.scores import Combined, ScoreText
from dashboards.surveys import Group
from reporting.domains import SEVEN_DOMAINS, question_name


@dataclass(frozen=True)
class Cell:
    """A score beside that of the first column. `apart`: how far, and what to think of it; empty in the first."""

    name: str  # of the column
    score: ScoreText | None
    text: str
    margin: str
    apart: str
    words: str


@dataclass(frozen=True)
class CompareRow:
    name: str
    slug: str  # of a domain; empty for combined scores
    note: str
    cells: tuple[Cell, ...]


def rows(groups: Mapping[Subject, Group], results: Sequence[Combined], method: str) -> tuple[CompareRow, ...]:
    """The combined score; where it is of other domains in each, that of those which all have; and the domains."""
    sets = [domains_of(group, method) for group in groups.values() if group]
    common = tuple(one.slug for one in SEVEN_DOMAINS if sets and all(one.slug in own for own in sets))
    alike = len(set(sets)) < 2
    told: list[CompareRow] = [
        CompareRow(
            "Combined",
            "",
            "",
            _cells(groups, lambda group: combined_estimate(group, method), [one.score for one in results], alike),
        )
    ]
    if not alike and common:
        names = formats.joined([question_name(slug) for slug in common])
        told.append(
            CompareRow(
                "Over the domains that all have",
                "",
                names,
                _cells(groups, lambda group: combined_estimate(group, method, common), None, alike=True),
            )
        )
    for place, domain in enumerate(SEVEN_DOMAINS):
        scores = [one.domains[place] for one in results]
        estimates = _cells(groups, _domain(domain.slug, method), scores, alike=True)
        told.append(CompareRow(domain.name, domain.slug, "", estimates))
    return tuple(told)


def _domain(slug: str, method: str) -> Callable[[Group], Estimate]:
    return lambda group: domain_estimate(group, slug, method)


def _cells(
    groups: Mapping[Subject, Group],
    estimate: Callable[[Group], Estimate],
    scores: Sequence[ScoreText] | None,
    alike: bool,
) -> tuple[Cell, ...]:
    (first, group), *others = groups.items()
    base = estimate(group)
    cells = [_cell(first.name, base, scores[0] if scores else None)]
    for place, (other, own) in enumerate(others, start=1):
        score, found = scores[place] if scores else None, estimate(own)
        if first.shares_with(other):
            cells.append(_cell(other.name, found, score, words="One is a part of the other"))
        elif not alike:
            cells.append(_cell(other.name, found, score, words="Different domains" if found.value is not None else ""))
        else:
            cells.append(_cell(other.name, found, score, *_apart(found, base)))
    return tuple(cells)


def _cell(name: str, found: Estimate, score: ScoreText | None, apart: str = "", words: str = "") -> Cell:
    margin = score.margin if score else formats.margin(found.margin, at_most=True)
    return Cell(name, score, formats.score(found.value), margin, apart, words)


def _apart(found: Estimate, base: Estimate) -> tuple[str, str]:
    far = difference(found, base)
    if far is None:
        return "", ""
    if far.margin is None:
        return formats.change(far.value), "margin of error unknown"
    words = "more than the margin of error" if far.is_clear else "within the margin of error"
    return formats.change(far.value), f"{words}, {formats.margin(far.margin)}"
