"""A workbook that was checked: what it holds, and everything that is wrong with it.

`check` is the one function behind the browser and `manage.py check_workbook`; nothing is saved here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings

from hisps.models import Hisp
from hisps.registry import find_service
from reporting.contents import Contents
from reporting.figures import previous_contents
from reporting.models import Quarter
from reporting.workbook import guard, reader, rules, spec, stamp
from reporting.workbook.cells import Cell, Problem
from reporting.workbook.groups import grouped
from reporting.workbook.labels import labeled
from reporting.workbook.rules.fillers import without_fillers
from reporting.workbook.rules.public import PUBLIC
from reporting.workbook.sheetview import Typed
from reporting.workbook.stamp import Stamp

_SHEETS = [sheet.name for sheet in spec.INPUT_SHEETS]


@dataclass(frozen=True)
class Checked:
    """What a file holds and everything that is wrong with it. `contents` is None when it could not be read.

    `sheets`: what stands in each, as text; empty when the file could not be opened.
    """

    contents: Contents | None
    problems: list[Problem]
    stamp: Stamp | None = None
    sheets: dict[str, Typed] = field(default_factory=dict)

    @property
    def is_refused(self) -> bool:
        return self.contents is None or any(problem.blocks for problem in self.problems)


def check(data: bytes, name: str, *, hisp: Hisp | None = None, quarter: Quarter | None = None) -> Checked:
    """Every problem of a workbook. Without `hisp` and `quarter` they are taken from the workbook's stamp.

    Raises reader.Unavailable when no process can be had to read it in.
    """
    refusal = guard.refusal_at_the_door(data)
    if refusal is not None:
        return Checked(None, [refusal])
    parsed = reader.read(data, limits())
    if parsed.stamp is None or parsed.contents is None:
        return Checked(None, parsed.problems, parsed.stamp, parsed.sheets)
    hisp = hisp or Hisp.objects.filter(slug=parsed.stamp.hisp).first()
    misplaced = _not_this_workbook(parsed.stamp, hisp, quarter)
    if misplaced is not None or hisp is None:
        return Checked(None, [misplaced] if misplaced else parsed.problems, parsed.stamp, parsed.sheets)
    context = _context(hisp, parsed.stamp)
    contents = parsed.contents.with_services(lambda typed: _registry_name(typed, hisp, context.services))
    findings = labeled(rules.problems(contents, context), contents, parsed.sheets)
    problems = grouped(parsed.problems + _not_following_from(parsed.problems, findings), apart=PUBLIC)
    return Checked(without_fillers(contents), sorted(problems, key=_sheet_order), parsed.stamp, parsed.sheets)


def _registry_name(typed: str, hisp: Hisp, services: tuple[str, ...]) -> str:
    """The designated service that is meant, under a former name too, since the template may be older than a rename."""
    found = rules.matching_service(typed, services)
    if found or not typed:
        return found
    renamed = find_service(hisp, typed)
    return renamed.name if renamed is not None and renamed.name in services else typed


def limits() -> reader.Limits:
    """What one workbook may cost, from the settings."""
    return reader.Limits(
        memory_bytes=settings.WORKBOOK_MEMORY_BYTES,
        cpu_seconds=settings.WORKBOOK_CPU_SECONDS,
        wall_seconds=settings.WORKBOOK_WALL_SECONDS,
        workers=settings.WORKBOOK_WORKERS,
    )


def _context(hisp: Hisp, made_for: Stamp) -> rules.Context:
    services = hisp.services.filter(last_day__isnull=True).values_list("name", flat=True)
    return rules.Context(tuple(services), previous_contents(hisp.pk, made_for.quarter), made_for.quarter)


def _not_this_workbook(made_for: Stamp, hisp: Hisp | None, quarter: Quarter | None) -> Problem | None:
    if not made_for.is_genuine(settings.SECRET_KEY):
        return stamp.edited()
    if hisp is None or hisp.slug != made_for.hisp:
        owner = Hisp.objects.filter(slug=made_for.hisp).first()
        return stamp.other_hisp(
            owner.name if owner else made_for.hisp, hisp.name if hisp else "a HISP in the registry"
        )
    if quarter is not None and quarter.fiscal != made_for.quarter:
        return stamp.other_quarter(made_for.quarter, quarter.fiscal)
    return None


def _not_following_from(earlier: Sequence[Problem], findings: list[Problem]) -> list[Problem]:
    """Findings about cells that could not be read are left out: they follow from the reading problem. So do those that
    miss something in a row that was not read."""
    unread = {cell for problem in earlier if problem.blocks for cell in _cells(problem)}
    rows = {(cell.sheet, cell.row) for cell in unread}
    lacks_a_sheet = any(problem.rule == "sheet_missing" for problem in earlier)
    return [
        finding
        for finding in findings
        if unread.isdisjoint(_cells(finding))
        and not (finding.rule in rules.MISSING and (lacks_a_sheet or _is_within(finding, rows)))
    ]


def _is_within(finding: Problem, rows: set[tuple[str, int]]) -> bool:
    """What misses something in the whole file names no cell; any row of a table may hold it."""
    if finding.cell is None:
        return any(sheet != spec.COVER.name for sheet, _ in rows)
    return any((cell.sheet, cell.row) in rows for cell in finding.cells)


def _sheet_order(problem: Problem) -> tuple[int, int, int, str]:
    """As the workbook is read: the whole file first, then sheet by sheet, row by row, column by column."""
    if problem.cell is None:
        return (-1, 0, 0, "")
    sheet = _SHEETS.index(problem.cell.sheet) if problem.cell.sheet in _SHEETS else len(_SHEETS)
    return (sheet, problem.cell.row, len(problem.cell.column), problem.cell.column)


def _cells(problem: Problem) -> set[Cell]:
    return {*([problem.cell] if problem.cell else []), *problem.related}
