"""The sheets of a workbook against those of the template: missing, renamed, twice, hidden; and computed cells."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping

from reporting.workbook import spec
from reporting.workbook.cells import ERROR, NOTE, Cell, Problem
from reporting.workbook.headings import Table
from reporting.workbook.readings import NOTHING, Raw
from reporting.workbook.texts import key

_OURS = {key(sheet.name) for sheet in spec.INPUT_SHEETS} | {
    key(name) for name in (spec.DEFINITIONS, spec.LISTS, spec.STAMP, *spec.PROBLEMS)
}
_COPY = re.compile(r"(\s*\(\d+\)|\s*[-_]?\s*copy(\s*\d*)|\s+\d+)$|^copy of\s+", re.IGNORECASE)


def problems(titles: Iterable[str], missing: Iterable[spec.Sheet]) -> Iterator[Problem]:
    """`titles`: of all sheets of the file, in order; `missing`: those of the template that are not among them."""
    titles = list(titles)
    unknown = [title for title in titles if key(title) not in _OURS]
    for sheet in missing:
        close = difflib.get_close_matches(sheet.name, unknown, n=1)
        unknown = [title for title in unknown if title not in close]
        yield _missing(sheet.name, close)
    for title in unknown:
        yield _twice(title) if key(_COPY.sub("", title)) in _INPUTS else _unknown(title)
    for place, title in enumerate(titles):
        if key(title) in {key(earlier) for earlier in titles[:place]} & _INPUTS:
            yield _twice(title)


_INPUTS = {key(sheet.name) for sheet in spec.INPUT_SHEETS}


def _missing(name: str, close: list[str]) -> Problem:
    fix = "Copy your figures into a freshly downloaded template."
    if close:
        fix = f"Rename the sheet “{close[0]}” to “{name}”."
    return Problem("sheet_missing", ERROR, f"The sheet {name} is missing.", "Every sheet of the template.", fix)


def _twice(title: str) -> Problem:
    return Problem(
        "sheet_twice",
        ERROR,
        f"The sheet “{title[:60]}” is a second one of its kind; only one is read.",
        "Each sheet of the template once.",
        "Put the figures together on one sheet, and delete the other.",
    )


def _unknown(title: str) -> Problem:
    return Problem(
        "sheet_unknown",
        NOTE,
        f"The sheet “{title[:60]}” is not part of the template and is not read.",
        "The sheets of the template.",
        "Nothing to do, unless it holds figures to report.",
    )


def hidden(name: str) -> Problem:
    return Problem(
        "sheet_hidden",
        ERROR,
        f"The sheet {name} is hidden, with figures or words inside.",
        "Nothing hidden that is to be read.",
        "Right-click the tab of any sheet, choose Unhide, check the sheet, or clear it.",
        cell=Cell(name, 1, "A"),
    )


def cover_of_other_quarter(cell: Cell, found: str, wanted: str) -> Problem:
    return Problem(
        "cover_quarter",
        ERROR,
        f"The Cover says “{found[:60]}”, but this template was made for {wanted}.",
        f"The template of the quarter that is reported: {wanted}.",
        f"If the figures are of {wanted}, write {wanted} here; else use the template of their quarter.",
        cell=cell,
        suggestion=wanted,
    )


def is_calculated(table: Table) -> bool | None:
    """Whether the stored totals of the Responses sheet are those of its counts: the mark of a file that was saved by
    a program that calculates. None when there is no stored total to tell by."""
    headings = table.rows.get(table.header_row, {})
    total = next((n for n, raw in headings.items() if key(str(raw.value)) == key("Total")), 0)
    counts = [table.columns[header] for header in spec.ANSWER_HEADERS if header in table.columns]
    agree = (_agrees(table.rows[row], total, counts) for row in table.rows_below())
    verdicts = [verdict for verdict in agree if verdict is not None]
    return all(verdicts) if verdicts else None


def _agrees(cells: Mapping[int, Raw], total: int, counts: list[int]) -> bool | None:
    stored = cells.get(total, NOTHING)
    if not stored.is_formula or type(stored.value) not in (int, float):
        return None
    numbers = [cells.get(number, NOTHING).value for number in counts]
    if any(type(number) not in (int, float, type(None)) for number in numbers):
        return None  # what Excel would make of it is not for us to know
    computed = sum(number or 0 for number in numbers)
    return abs(computed - stored.value) < 0.5 if computed or stored.value else None
