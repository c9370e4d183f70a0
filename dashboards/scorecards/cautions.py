"""What to know before scores are compared: other scales, other questions, other domains, few answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboards import concentration, formats
from dashboards.comparisons import domains_of
from dashboards.scorecards.subjects import Subject
from dashboards.surveys import Group
from dashboards.wordings import asked, conversions, differ, scales
from reporting.domains import SEVEN_DOMAINS, question_name
from reporting.scoring import FEW_ANSWERS

_FIVE_POINT = ("Five-point",)


@dataclass(frozen=True)
class Caution:
    """`lines` say it for each that it is true of."""

    title: str
    sentence: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wording:
    """How each asked about a domain, as pairs of name and wordings."""

    domain: str
    differs: bool
    asked: tuple[tuple[str, tuple[str, ...]], ...]


def cautions(groups: Mapping[Subject, Group], method: str) -> tuple[Caution, ...]:
    found = (
        _missing(groups),
        _scales(groups),
        _wordings(groups),
        _domains(groups, method),
        _few(groups),
        _weight(groups),
    )
    return tuple(one for one in found if one)


def wordings(groups: Mapping[Subject, Group]) -> tuple[Wording, ...]:
    """Domains whose wordings are known of at least one."""
    told = []
    for domain in SEVEN_DOMAINS:
        of = {one: asked(group, domain.slug) for one, group in groups.items()}
        if any(own.wordings for own in of.values()):
            lines = tuple((one.name, own.wordings) for one, own in of.items() if own.wordings)
            told.append(Wording(domain.name, differ(of.values()), lines))
    return tuple(told)


def _missing(groups: Mapping[Subject, Group]) -> Caution | None:
    absent = [one.name for one, group in groups.items() if not group]
    if not absent:
        return None
    return Caution("No figures", f"Nothing is published of {formats.joined(absent)} for this quarter.")


def _scales(groups: Mapping[Subject, Group]) -> Caution | None:
    of = {one: scales(group) for one, group in groups.items()}
    if all(own in ((), _FIVE_POINT) for own in of.values()):
        return None
    lines = [
        f"{one.name}: {formats.joined(list(own)).lower()}." + _converted(groups[one]) for one, own in of.items() if own
    ]
    return Caution(
        "Scales differ" if len(set(filter(None, of.values()))) > 1 else "Another scale",
        "People did not answer on a five-point scale everywhere. The agencies turned the answers into 1 to 5, and that"
        " alone can move a score.",
        tuple(lines),
    )


def _converted(group: Group) -> str:
    return "".join(f" How it was converted: {words}" for words in conversions(group))


def _wordings(groups: Mapping[Subject, Group]) -> Caution | None:
    if len(groups) < 2:
        return None
    by_domain = {one.slug: [asked(group, one.slug) for group in groups.values()] for one in SEVEN_DOMAINS}
    unlike = [question_name(slug) for slug, of in by_domain.items() if differ(of)]
    silent = [one.name for place, one in enumerate(groups) if any(of[place].silent for of in by_domain.values())]
    if not unlike and not silent:
        return None
    said = [f"The questions on {formats.joined(unlike).lower()} were not worded alike."] if unlike else []
    said += [f"How some questions were worded is not known for {formats.joined(silent)}."] if silent else []
    return Caution("Wordings differ" if unlike else "Wordings not known", " ".join(said))


def _domains(groups: Mapping[Subject, Group], method: str) -> Caution | None:
    of = {one: domains_of(group, method) for one, group in groups.items() if group}
    if len(set(of.values())) < 2:
        return None
    every = {slug for own in of.values() for slug in own}
    lines = [f"{one.name}: without {_names(every - set(own))}." for one, own in of.items() if every - set(own)]
    return Caution(
        "Different domains in the combined score",
        "A combined score is the mean of the domains that were asked about, and these were not the same.",
        tuple(lines),
    )


def _names(slugs: set[str]) -> str:
    return formats.joined([one.name.lower() for one in SEVEN_DOMAINS if one.slug in slugs]) or "any"


def _few(groups: Mapping[Subject, Group]) -> Caution | None:
    lines = []
    for one, group in groups.items():
        few = [d.name.lower() for d in SEVEN_DOMAINS if 0 < group.answers(d.slug).tally.n < FEW_ANSWERS]
        if few:
            lines.append(f"{one.name}: {formats.joined(few)}.")
    said = f"Fewer than {FEW_ANSWERS} people answered, so a few of them can move the score."
    return Caution("Few answers", said, tuple(lines)) if lines else None


def _weight(groups: Mapping[Subject, Group]) -> Caution | None:
    lines = [f"{one.name}: {said}." for one, group in groups.items() if (said := concentration.sentence(group))]
    said = "A score that is pooled by responses mostly describes the surveys that most people answered."
    return Caution("Concentration", said, tuple(lines)) if lines else None
