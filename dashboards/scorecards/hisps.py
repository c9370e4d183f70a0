"""Every HISP in one table, sorted and narrowed down as its address says; and what a search finds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from dashboards import charts, formats, past, published, search
from dashboards.past import Past
from dashboards.scorecards.parts import (
    MethodChoice,
    Missing,
    QuarterLink,
    link,
    method_choices,
    published_quarters,
    query_of,
)
from dashboards.scorecards.trends import every_quarter
from dashboards.scores import ScoreText, combined
from dashboards.search import Entry
from dashboards.surveys import Group
from hisps.models import Department, Hisp
from reporting.fiscal import FiscalQuarter
from reporting.scoring import DEFAULT_METHOD, METHODS

_RECENT = 8  # quarters of a sparkline
DEFAULT_SORT = "department"


@dataclass(frozen=True)
class Asked:
    """What the address of the table asks for. `sort`: a column, after “-” from the last to the first."""

    sort: str = DEFAULT_SORT
    department: str = ""  # slug
    with_figures: bool = False
    words: str = ""
    method: str = DEFAULT_METHOD

    @property
    def query(self) -> str:
        asked = {
            "q": self.words,
            "department": self.department,
            "figures": "yes" if self.with_figures else "",
            "sort": "" if self.sort == DEFAULT_SORT else self.sort,
            "method": "" if self.method == DEFAULT_METHOD else self.method,
        }
        return f"?{urlencode({name: value for name, value in asked.items() if value})}"


@dataclass(frozen=True)
class HispLine:
    """A HISP with its newest score; `quarter` is None when nothing recent is published."""

    slug: str
    name: str
    abbreviation: str
    department: str
    department_slug: str
    quarter: QuarterLink | None
    score: ScoreText | None
    line: charts.Svg | None


_Key = Callable[[HispLine], tuple[object, ...]]
# Sorted by the first; what has no figures comes last, either way around.
_KEYS: Mapping[str, _Key] = {
    "name": lambda one: (one.name,),
    "department": lambda one: (one.department, one.name),
    "score": lambda one: (one.score and one.score.value,),
    "answers": lambda one: (one.score and one.score.n,),
    "quarter": lambda one: (one.quarter and one.quarter.fiscal,),
}
_OF_FIGURES = ("score", "answers", "quarter")
SORTS = tuple(f"{sign}{name}" for name in _KEYS for sign in ("", "-"))


@dataclass(frozen=True)
class Heading:
    """Of a column. `order` as aria-sort says it, empty where it is not sorted by; `query` sorts by it, or turns it."""

    name: str
    query: str
    order: str
    numeric: bool


@dataclass(frozen=True)
class HispsPage:
    asked: Asked
    departments: tuple[tuple[str, str], ...]
    headings: tuple[Heading, ...]
    rows: tuple[HispLine, ...]
    shown: str
    number: str
    methods: tuple[MethodChoice, ...]
    method: str
    sentence: str
    query: str
    newest: str
    span: str


def hisps_page(asked: Asked) -> HispsPage:
    """Every HISP there is or was. Raises Missing for a department that is not there. 14 queries at
    most, of which 5 look for words."""
    quarters = published_quarters()[:_RECENT]
    of = past.of_hisps(quarters, asked.method)
    departments = tuple(Department.objects.order_by("name").values_list("slug", "name"))
    if asked.department and asked.department not in dict(departments):
        raise Missing(f"There is no department “{asked.department}”.")
    stored = Hisp.objects.select_related("department").order_by("name")
    low = charts.lowest_gridline(one.mean_of_domains(asked.method) for own in of.values() for one in own.values())
    lines = [_line(hisp, of.get(hisp.slug, {}), quarters, low, asked.method) for hisp in stored]
    rows = _sorted(_narrowed(lines, asked), asked.sort)
    newest = Group(s for one in published.read(published.for_quarters(quarters[:1])) for s in one.surveys)
    return HispsPage(
        asked=asked,
        departments=departments,
        headings=tuple(_heading(name, asked) for name in _HEADINGS),
        rows=tuple(rows),
        shown=formats.count(len(rows)),
        number=formats.counted(len(lines), "provider"),
        methods=_choices(newest, asked) if quarters else (),
        method=METHODS[asked.method].name,
        sentence=METHODS[asked.method].sentence,
        query=query_of(asked.method),
        newest=quarters[0].label if quarters else "",
        span=f"{quarters[-1].label} to {quarters[0].label}" if quarters else "",
    )


def _choices(newest: Group, asked: Asked) -> tuple[MethodChoice, ...]:
    return tuple(
        replace(choice, query=replace(asked, method=choice.slug).query)
        for choice in method_choices(asked.method, newest.mean_of_domains)
    )


def _narrowed(lines: Sequence[HispLine], asked: Asked) -> Sequence[HispLine]:
    found = {one.hisp for one in search.matching(asked.words, search.entries())} if asked.words else None
    return [
        line
        for line in lines
        if (found is None or line.slug in found)
        and asked.department in ("", line.department_slug)
        and (line.quarter or not asked.with_figures)
    ]


def _sorted(lines: Sequence[HispLine], sort: str) -> list[HispLine]:
    name, falling = sort.removeprefix("-"), sort.startswith("-")
    key = _KEYS[name]
    absent = [line for line in lines if name in _OF_FIGURES and key(line) == (None,)]
    present = [line for line in lines if line not in absent]
    return [*sorted(present, key=key, reverse=falling), *absent]


# Name, column, and which way around a first click sorts.
_HEADINGS = {
    "Provider": ("name", ""),
    "Combined": ("score", "-"),
    "Answers": ("answers", "-"),
    "Quarter": ("quarter", "-"),
    "Department": ("department", ""),
}


def _heading(name: str, asked: Asked) -> Heading:
    column, first = _HEADINGS[name]
    order = {column: "ascending", f"-{column}": "descending"}.get(asked.sort, "")
    turned = {"ascending": f"-{column}", "descending": column}.get(order, f"{first}{column}")
    return Heading(name, replace(asked, sort=turned).query, order, column in ("score", "answers"))


def _line(hisp: Hisp, by_quarter: Past, quarters: Sequence[FiscalQuarter], low: float, method: str) -> HispLine:
    department = hisp.department
    if not by_quarter:
        return HispLine(hisp.slug, hisp.name, hisp.abbreviation, department.name, department.slug, None, None, None)
    scores = {quarter: one.mean_of_domains(method) for quarter, one in by_quarter.items()}
    points = [
        charts.Point(quarter.label, scores.get(quarter), formats.score(scores.get(quarter)))
        for quarter in every_quarter(quarters)
    ]
    newest = max(by_quarter)
    return HispLine(
        slug=hisp.slug,
        name=hisp.name,
        abbreviation=hisp.abbreviation,
        department=department.name,
        department_slug=department.slug,
        quarter=link(newest),
        score=combined(by_quarter[newest], method).score,
        line=charts.sparkline(points, f"Combined score of {hisp.name}", low),
    )


@dataclass(frozen=True)
class SearchPage:
    """`words` as typed; empty before anything was."""

    words: str
    number: str
    hisps: tuple[Entry, ...]
    services: tuple[Entry, ...]
    departments: tuple[Entry, ...]


def search_page(words: str) -> SearchPage:
    """5 queries."""
    found = search.matching(words, search.entries()) if words else []
    return SearchPage(
        words=words,
        number=formats.counted(len(found), "result"),
        hisps=tuple(one for one in found if one.kind == "hisp"),
        services=tuple(one for one in found if one.kind == "service"),
        departments=tuple(one for one in found if one.kind == "department"),
    )
