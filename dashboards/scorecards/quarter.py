"""A quarter over the whole government."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboards import concentration, formats, published
from dashboards.published import Published
from dashboards.scorecards.parts import (
    MethodChoice,
    Missing,
    QuarterLink,
    Volumes,
    combined_choices,
    link,
    query_of,
    volumes,
)
from dashboards.scorecards.reported import HispRow, Marked, marks, rows_of, withdrawn_rows
from dashboards.scorecards.standing import (
    AWAITED,
    NOT_REPORTING,
    WITHDRAWN,
    SoFar,
    Standing,
    so_far,
    standings,
    timeliness,
)
from dashboards.scores import Combined, combined
from dashboards.surveys import Group
from reporting.fiscal import FiscalQuarter
from reporting.scoring import METHODS


@dataclass(frozen=True)
class QuarterPage:
    """Government-wide scores of a quarter and every HISP in it. `published_on` is empty when all was withdrawn."""

    quarter: QuarterLink
    latest: bool
    older: QuarterLink | None
    newer: QuarterLink | None
    methods: tuple[MethodChoice, ...]
    method: str
    sentence: str
    query: str
    result: Combined
    volumes: Volumes
    hisps: str
    expected: str
    surveys: str
    weight: str
    rows: tuple[HispRow, ...]
    published_on: str
    so_far: SoFar | None
    timeliness: tuple[tuple[str, str], ...]
    marks: tuple[Marked, ...]

    @property
    def so_called(self) -> str:
        """Its name; while it is not complete “FY2021 Q2 so far”."""
        return f"{self.quarter.label} so far" if self.so_far else self.quarter.label


def quarter_page(quarter: FiscalQuarter, method: str) -> QuarterPage:
    """Of a quarter whose figures were all withdrawn too. Raises Missing."""
    known = standings()
    withdrawn = withdrawn_rows(quarter)
    if quarter not in [one.quarter for one in known] and not withdrawn:
        raise Missing(f"No figures are published for {quarter.label}.", quarters=[one.quarter for one in known])
    older = before(quarter, known)
    figures = published.read(published.for_quarters(filter(None, [quarter, older])))
    return page_of(quarter, known, figures, withdrawn, method)


def before(quarter: FiscalQuarter, known: Iterable[Standing]) -> FiscalQuarter | None:
    """The newest quarter with figures before this one."""
    return next((one.quarter for one in known if one.quarter < quarter), None)


def page_of(
    quarter: FiscalQuarter,
    known: Sequence[Standing],
    figures: Iterable[Published],
    withdrawn: Sequence[HispRow],
    method: str,
) -> QuarterPage:
    """`figures`: of the quarter and of the one with figures before it, at least. 1 query."""
    older = before(quarter, known)
    newer = next((one.quarter for one in reversed(known) if one.quarter > quarter), None)
    by_quarter = _by_quarter(figures)
    submissions, past = by_quarter.get(quarter, []), by_quarter.get(older, []) if older else []
    surveys = Group(survey for one in submissions for survey in one.surveys)
    rows = rows_of(quarter, submissions, withdrawn, method)
    awaited = sum(row.standing in (AWAITED, WITHDRAWN) for row in rows)
    not_reporting = sum(row.standing == NOT_REPORTING for row in rows)
    return QuarterPage(
        quarter=link(quarter),
        latest=quarter in [one.quarter for one in known[:1]],
        older=link(older) if older else None,
        newer=link(newer) if newer else None,
        methods=combined_choices(surveys, method),
        method=METHODS[method].name,
        sentence=METHODS[method].sentence,
        query=query_of(method),
        result=combined(surveys, method, [survey for one in past for survey in one.surveys]),
        volumes=volumes([one.survey for one in surveys]),
        hisps=formats.count(len(submissions)),
        expected=f"of {len(rows)} expected" if len(rows) > len(submissions) else "",
        surveys=formats.count(len(surveys)),
        weight=concentration.sentence(surveys),
        rows=rows,
        published_on=formats.day(max((one.published_at for one in submissions), default=None)),
        so_far=so_far(quarter, known, len(submissions), awaited, not_reporting),
        timeliness=timeliness(row.standing for row in rows),
        marks=marks(rows),
    )


def _by_quarter(figures: Iterable[Published]) -> Mapping[FiscalQuarter, list[Published]]:
    found: dict[FiscalQuarter, list[Published]] = {}
    for one in figures:
        found.setdefault(one.quarter, []).append(one)
    return found
