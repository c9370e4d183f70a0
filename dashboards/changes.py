"""What a correction changed, figure by figure, as the public may know it: contacts and comments to OMB are not
compared, and answers that may not be published never come here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboards import formats
from dashboards.published import Published
from reporting.contents import Contents
from reporting.differences import Change, Value, changes
from reporting.scoring import Tally

_NAMES = {"Cover": "What the provider learned"}  # the sheet of the workbook that holds it


@dataclass(frozen=True)
class Shown:
    """A figure or a text; `detail` says what follows from counts."""

    text: str
    detail: str = ""


@dataclass(frozen=True)
class Changed:
    """A figure or text that is not what it was; None where there was, or is, nothing."""

    name: str
    before: Shown | None
    after: Shown | None


@dataclass(frozen=True)
class Part:
    """What changed in one survey, metric, index or text."""

    name: str
    changed: tuple[Changed, ...]


def between(before: Published, after: Published) -> list[Change]:
    return changes(_contents(before), _contents(after))


def parts(found: Iterable[Change]) -> tuple[Part, ...]:
    """In the order of the pages."""
    groups: dict[tuple[int | None, str], list[Changed]] = {}
    for one in found:
        groups.setdefault((one.survey, one.of), []).append(Changed(one.name, _shown(one.before), _shown(one.after)))
    return tuple(Part(_NAMES.get(of, of), tuple(changed)) for (_, of), changed in groups.items())


def counted(found: Sequence[Change]) -> str:
    """“3 figures or texts changed”, in a sentence of its own."""
    if not found:
        return "No figure and no text that is public changed."
    return f"{formats.counted(len(found), 'figure or text', 'figures or texts')} changed."


def _contents(one: Published) -> Contents:
    surveys = tuple(each.survey for each in one.surveys)
    return Contents(reflection=one.reflection, surveys=surveys, metrics=one.metrics, indexes=one.indexes)


def _shown(value: Value) -> Shown | None:
    if value is None:
        return None
    if isinstance(value, Tally):
        counts = " · ".join(formats.count(count) for count in value.counts)
        return Shown(counts, f"{formats.counted(value.n, 'answer')}, score {formats.score(value.mean)}")
    return Shown(value if isinstance(value, str) else formats.plain(value))
