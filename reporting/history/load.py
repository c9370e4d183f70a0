"""A published file as submissions: rows grouped by HISP and quarter, with registry entries found or made."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.utils import timezone

from hisps import names, registry
from hisps.models import Hisp, Service
from reporting.contents import Contents
from reporting.fiscal import FiscalQuarter
from reporting.history import compare, read
from reporting.history import ratings as omb_ratings
from reporting.history.publish import Batch, File, NotImported, Outcome, publish
from reporting.history.ratings import Rating, Ratings
from reporting.history.row import Row
from reporting.history.table import Table
from reporting.workbook.cells import Cell


@dataclass
class Import:
    """What one import read and did."""

    rows: list[Row]
    outcome: Outcome
    created: list[str] = field(default_factory=list)
    unmatched: list[Rating] = field(default_factory=list)


def load(collections: File, ratings: File | None = None) -> Import:
    """Publishes the rows of OMB's collections file, with its ratings file when given. Raises NotImported."""
    rows, table = read.read(collections.data, collections.name, timezone.localdate())
    said, ratings_table = omb_ratings.read(ratings.data, ratings.name) if ratings else ([], Table(""))
    sentences = [*_sentences(table), *_sentences(ratings_table)]
    if sentences:
        raise NotImported(sentences)
    matched = omb_ratings.matched(said, rows)
    with transaction.atomic():
        registry.lock()  # before anything is looked up: another import may be adding the same HISP
        known = _Registry(rows)
        batches = _batches(omb_ratings.rated(rows, matched), matched, known)
        outcome = publish(batches, collections, *([ratings] if ratings else []))
    return Import(rows, outcome, known.created, matched.unmatched)


def _sentences(table: Table) -> list[str]:
    return [
        f"{table.name}{f' {problem.cell.address}' if problem.cell else ''}: {problem.message} "
        f"Expected: {problem.expected}"
        for problem in sorted(table.problems, key=lambda problem: problem.cell.row if problem.cell else 0)
    ]


class _Registry:
    """The registry entries that the rows name; those that are missing are made and noted in `created`."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.created: list[str] = []
        self.hisps: dict[tuple[str, str], Hisp] = {}
        self.services: dict[tuple[int, str], Service] = {}
        for row in sorted(rows, key=lambda row: row.quarter):
            self._learn(row)

    def hisp(self, row: Row) -> Hisp:
        return self.hisps[(names.key(row.organization), names.key(row.provider))]

    def service(self, row: Row) -> Service:
        return self.services[(self.hisp(row).pk, names.key(row.survey.service))]

    def _learn(self, row: Row) -> None:
        spelling = (names.key(row.organization), names.key(row.provider))
        hisp = self.hisps.get(spelling) or registry.find_hisp(row.organization, row.provider)
        self.hisps[spelling] = hisp = hisp or self._create_hisp(row)
        service_key = (hisp.pk, names.key(row.survey.service))
        if service_key not in self.services:
            service = registry.find_service(hisp, row.survey.service)
            self.services[service_key] = service or self._create_service(hisp, row.survey.service)

    def _create_hisp(self, row: Row) -> Hisp:
        hisp = registry.create_hisp(
            row.organization, row.organization_abbreviation, row.provider, first_day=row.quarter.first_day
        )
        self.created.append(f"HISP {hisp.name} ({hisp.slug}), {hisp.department}")
        return hisp

    def _create_service(self, hisp: Hisp, name: str) -> Service:
        service = registry.create_service(hisp, name)
        self.created.append(f"service {service.name} of {hisp.name}")
        return service


def _batches(rows: Sequence[Row], ratings: Ratings, known: _Registry) -> list[Batch]:
    groups: dict[tuple[FiscalQuarter, Hisp], list[Row]] = {}
    for row in rows:
        named = replace(row, survey=replace(row.survey, service=known.service(row).name))
        groups.setdefault((row.quarter, known.hisp(row)), []).append(named)
    _refuse_twins(groups)
    return [_batch(hisp, quarter, group, ratings) for (quarter, hisp), group in sorted(groups.items(), key=_order)]


def _order(group: tuple[tuple[FiscalQuarter, Hisp], list[Row]]) -> tuple[FiscalQuarter, str]:
    (quarter, hisp), _ = group
    return quarter, hisp.slug


def _refuse_twins(groups: dict[tuple[FiscalQuarter, Hisp], list[Row]]) -> None:
    """The same survey under two spellings of a provider's name, which only the registry knows to be one."""
    twins = []
    for (quarter, hisp), rows in groups.items():
        lines: dict[tuple[str, ...], int] = {}
        for row in rows:
            earlier = lines.setdefault(compare.identity(row.survey), row.line)
            if earlier != row.line:
                twins.append(f"Lines {earlier} and {row.line} are the same survey of {hisp}, {quarter}: remove one.")
    if twins:
        raise NotImported(twins)


def _batch(hisp: Hisp, quarter: FiscalQuarter, rows: Sequence[Row], ratings: Ratings) -> Batch:
    lines = ", ".join(str(row.line) for row in rows)
    reflection = {"reflection": Cell("", rows[0].line, "reflection")} if ratings.by_key else {}
    return Batch(
        hisp=hisp,
        quarter=quarter,
        contents=Contents(
            reflection=omb_ratings.reflection(rows, ratings),
            surveys=tuple(row.survey for row in rows),
            places={"line": Cell("", rows[0].line, ""), **reflection},  # what was not read is not missed
        ),
        origin=f"{'lines' if len(rows) > 1 else 'line'} {lines}",
        entered_at=min((row.created_at for row in rows if row.created_at), default=None),
        updated_at=max((row.updated_at for row in rows if row.updated_at), default=None),
    )
