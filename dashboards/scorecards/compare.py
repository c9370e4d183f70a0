"""Up to four HISPs or services side by side, with all that speaks against comparing them."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from urllib.parse import urlencode

from dashboards import formats, published
from dashboards.charts import Point
from dashboards.comparisons import combined_estimate
from dashboards.scorecards import cautions, subjects
from dashboards.scorecards.cautions import Caution, Wording
from dashboards.scorecards.parts import QuarterLink, Volume, link, volumes
from dashboards.scorecards.side_by_side import CompareRow, rows
from dashboards.scorecards.subjects import Choices, Subject
from dashboards.scorecards.trends import every_quarter
from dashboards.scores import Combined, combined
from dashboards.surveys import Group
from reporting.fiscal import FiscalQuarter
from reporting.scoring import DEFAULT_METHOD, METHODS

MOST = 4
_OFFERED = 40  # quarters to choose from: ten years; an address may name any


class Refused(Exception):
    """What was asked for cannot be compared. `kept`: the words that can, for the form."""

    def __init__(self, sentence: str, status: int, kept: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.status = status
        self.kept = kept


@dataclass(frozen=True)
class Choice:
    """A link that changes one thing of the page."""

    name: str
    query: str
    chosen: bool


@dataclass(frozen=True)
class Form:
    """What can be chosen, and what is. `chosen` has a word for each of its fields."""

    choices: tuple[Choices, ...]
    chosen: tuple[str, ...]
    quarters: tuple[QuarterLink, ...]
    quarter: str
    method: str  # a slug; empty for the default


@dataclass(frozen=True)
class Column:
    subject: Subject
    result: Combined
    volumes: tuple[Volume, ...]
    surveys: str


@dataclass(frozen=True)
class Line:
    """A column's combined score over time."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class ComparePage:
    """`columns` is empty while nothing is chosen; `rows` are compared with the first column."""

    form: Form
    problem: str
    status: int
    columns: tuple[Column, ...]
    quarter: QuarterLink | None
    methods: tuple[Choice, ...]
    method: str
    sentence: str
    query: str
    rows: tuple[CompareRow, ...]
    cautions: tuple[Caution, ...]
    wordings: tuple[Wording, ...]
    lines: tuple[Line, ...]
    times: tuple[tuple[QuarterLink, tuple[Point, ...]], ...]  # newest first

    @property
    def volumes(self) -> list[tuple[str, list[tuple[str, Volume]]]]:
        """By name, with that of each column and the column's name."""
        names = [column.subject.name for column in self.columns]
        rows = zip(*(column.volumes for column in self.columns), strict=True)
        return [(own[0].name, list(zip(names, own, strict=True))) for own in rows]

    @property
    def hisps(self) -> list[tuple[str, str]]:
        """Each HISP that is in it, once: slug and name."""
        return list({column.subject.hisp: column.subject.hisp_name for column in self.columns}.items())

    @property
    def canonical(self) -> str:
        """The query of this comparison in the newest quarter, combined in the default way."""
        return query([column.subject.word for column in self.columns]) if self.columns else ""

    @property
    def names(self) -> str:
        return formats.joined([column.subject.name for column in self.columns])


def compare_page(words: Sequence[str], quarter: FiscalQuarter | None, method: str) -> ComparePage:
    """`words`: subjects as an address names them. What cannot be compared is a page with the form, too. At most 9
    queries."""
    try:
        chosen = _chosen(words)
        reported = subjects.reported(chosen) if chosen else {}
        at = _quarter(quarter, reported)
    except Refused as refused:
        form = _form(refused.kept, [], None, method)
        return _empty(form, method, problem=str(refused), status=refused.status)
    known = sorted({each for own in reported.values() for each in own}, reverse=True)
    form = _form([one.word for one in chosen], known, quarter, method)
    return (
        _page(form, _figures(chosen, known, at), _span(known), at, quarter, method) if chosen else _empty(form, method)
    )


def _figures(
    chosen: Sequence[Subject], known: Sequence[FiscalQuarter], at: FiscalQuarter | None
) -> dict[Subject, Mapping[FiscalQuarter, Group]]:
    """Of the quarter that is compared, and of those that the lines show. 3 queries."""
    read = published.for_quarters(each for each in known if each in _span(known) or each == at)
    figures = published.read(read.filter(hisp__slug__in={one.hisp for one in chosen}))
    return {one: one.by_quarter(figures) for one in chosen}


def _chosen(words: Sequence[str]) -> list[Subject]:
    """Raises Refused."""
    if len(words) > MOST:
        raise Refused(f"Up to four can be compared; the address names {len(words)}.", 400, words[:MOST])
    twice = next((word for word in words if words.count(word) > 1), None)
    if twice:
        raise Refused(f"“{twice}” is named twice. Choose each once.", 400, [*dict.fromkeys(words)])
    found = subjects.find(words) if words else {}
    unknown = [word for word in words if word not in found]
    if unknown:
        named = formats.joined([f"“{word}”" for word in unknown])
        raise Refused(f"There is no HISP or service {named}. Choose from the list.", 404, [*found])
    return [found[word] for word in words]


def _quarter(asked: FiscalQuarter | None, reported: Mapping[Subject, Set[FiscalQuarter]]) -> FiscalQuarter | None:
    """The one asked for; else the newest in which all have figures, or any. None while nothing is published. Raises
    Refused."""
    known = set[FiscalQuarter]().union(*reported.values())
    if asked and reported and asked not in known:
        raise Refused(f"None of these has figures for {asked.label}.", 404, [one.word for one in reported])
    shared = known.intersection(*reported.values())
    return asked or max(shared or known, default=None)


def _form(words: Sequence[str], known: Sequence[FiscalQuarter], quarter: FiscalQuarter | None, method: str) -> Form:
    return Form(
        choices=subjects.choices(),
        chosen=(*words, *[""] * (MOST - len(words))),
        quarters=tuple(link(one) for one in known if one in known[:_OFFERED] or one == quarter),
        quarter=quarter.slug if quarter else "",
        method="" if method == DEFAULT_METHOD else method,
    )


def query(words: Sequence[str], quarter: FiscalQuarter | None = None, method: str = DEFAULT_METHOD) -> str:
    """The lasting address of a comparison, from its question mark on."""
    asked = [("of", word) for word in words]
    asked += [("quarter", quarter.slug)] if quarter else []
    asked += [("method", method)] if method != DEFAULT_METHOD else []
    return f"?{urlencode(asked, safe=':')}" if asked else "?"


def _empty(form: Form, method: str, problem: str = "", status: int = 200) -> ComparePage:
    return ComparePage(
        form=form,
        problem=problem,
        status=status,
        columns=(),
        quarter=None,
        methods=(),
        method=METHODS[method].name,
        sentence=METHODS[method].sentence,
        query="",
        rows=(),
        cautions=(),
        wordings=(),
        lines=(),
        times=(),
    )


def _page(
    form: Form,
    by_quarter: Mapping[Subject, Mapping[FiscalQuarter, Group]],
    span: Sequence[FiscalQuarter],
    at: FiscalQuarter | None,
    asked: FiscalQuarter | None,
    method: str,
) -> ComparePage:
    words = [one.word for one in by_quarter]
    groups = {one: own.get(at, Group()) if at else Group() for one, own in by_quarter.items()}
    times = _times(by_quarter, span, method)
    columns = tuple(
        Column(
            subject=one,
            result=combined(group, method, missing="" if group else "not_published"),
            volumes=volumes([survey.survey for survey in group]),
            surveys=formats.count(len(group)),
        )
        for one, group in groups.items()
    )
    return ComparePage(
        form=form,
        problem="",
        status=200,
        columns=columns,
        quarter=link(at) if at else None,
        methods=tuple(Choice(m.name, query(words, asked, slug), slug == method) for slug, m in METHODS.items()),
        method=METHODS[method].name,
        sentence=METHODS[method].sentence,
        query="" if method == DEFAULT_METHOD else f"?method={method}",
        rows=rows(groups, [column.result for column in columns], method),
        cautions=cautions.cautions(groups, method),
        wordings=cautions.wordings(groups),
        lines=tuple(
            Line(one.name, tuple(points[place] for _, points in times)) for place, one in enumerate(by_quarter)
        ),
        times=tuple((link(quarter), points) for quarter, points in reversed(times)),
    )


def _span(known: Iterable[FiscalQuarter]) -> list[FiscalQuarter]:
    """The quarters that the lines show, oldest first. `known`: with a survey of any."""
    known = list(known)
    return every_quarter(known) if known else []


def _times(
    by_quarter: Mapping[Subject, Mapping[FiscalQuarter, Group]], span: Sequence[FiscalQuarter], method: str
) -> list[tuple[FiscalQuarter, tuple[Point, ...]]]:
    """The combined score of each, from the first quarter of the span that has one to the last."""
    answered = {each for own in by_quarter.values() for each, group in own.items() if group.with_answers}
    shown = [quarter for quarter in span if quarter in answered]
    return [
        (quarter, tuple(_point(quarter, own.get(quarter, Group()), method) for own in by_quarter.values()))
        for quarter in span
        if shown and shown[0] <= quarter <= shown[-1]
    ]


def _point(quarter: FiscalQuarter, group: Group, method: str) -> Point:
    found = combined_estimate(group, method)
    return Point(formats.short_quarter(quarter), found.value, formats.score(found.value), found.margin)
