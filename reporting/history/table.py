"""A CSV file as lines of named values: the encoding, the heading row, the quoting and the number of fields.

What the values mean is not known here. Every fault is a Problem with its line and column; a file with a fault is never
used, but reading goes on as far as it can, so that all faults are told at once.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hisps.cells import plain
from reporting.workbook.cells import ERROR, Cell, Problem

PREFIX = "attributes_"  # OMB's data site puts it before most headings


@dataclass(frozen=True)
class Line:
    """One record: `number` is the line of the file on which it begins, from 1; `values` holds the known columns."""

    number: int
    values: Mapping[str, str]


@dataclass
class Table:
    """The lines of a file and the problems found so far; `name` is the file's name, as problems cite it."""

    name: str
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def report(self, rule: str, line: int | None, column: str, found: str, expected: str, fix: str) -> None:
        cell = None if line is None else Cell("", line, column)
        self.problems.append(Problem(rule, ERROR, found, expected, fix, cell))


def read(data: bytes, name: str, required: Sequence[str], optional: Iterable[str] = ()) -> Table:
    """The columns named in `required` and `optional`, found by heading in any order; other columns are left out."""
    table = Table(name)
    text = _text(data, table)
    if text is not None:
        _read_records(_records(text, table), table, required, {*required, *optional})
    return table


def _text(data: bytes, table: Table) -> str | None:
    wanted = "A text file with comma-separated values in UTF-8."
    fix = "In Excel choose Save As and “CSV UTF-8 (Comma delimited)”."
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        table.report("not_csv", None, "", "This is a spreadsheet or zip file, not a CSV file.", wanted, fix)
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        table.report("not_utf8", None, "", f"The file is not in UTF-8: line {line} holds other bytes.", wanted, fix)
        return None


def _records(text: str, table: Table) -> Iterator[tuple[int, list[str]]]:
    """Every record that is not blank, with the line it begins on; ends at the first one whose quoting is broken."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for fields in reader:
            if any(fields):
                yield begins, fields
            begins = reader.line_num + 1
    except csv.Error as error:
        too_long = "field larger" in str(error)
        found = "This line holds a text of more than 131,072 characters." if too_long else "A quotation mark is open."
        table.report(
            "broken_quotes",
            begins,
            "",
            f"{found} Nothing after line {begins} could be read.",
            'Texts with commas or line breaks stand between two quotation marks; a mark inside is doubled ("").',
            "Find the quotation mark on this line that has no partner.",
        )


def _read_records(
    records: Iterator[tuple[int, list[str]]], table: Table, required: Sequence[str], known: set[str]
) -> None:
    _, heading = next(records, (1, []))
    names = [_column(title) for title in heading]
    if not _heading_is_complete(names, table, required, known):
        return
    for number, fields in records:
        if len(fields) == len(names):
            values = {name: value for name, value in zip(names, fields, strict=True) if name in known}
            table.lines.append(Line(number, {name: plain(value) for name, value in values.items()}))
            _refuse_nul(number, values, table)
        else:
            found = f"This line has {_fields(len(fields))}; the heading row has {len(names)}."
            fix = "Look for a missing or an extra comma, or a text without quotation marks."
            table.report("field_count", number, "", found, f"{_fields(len(names))}.", fix)
    if not table.lines and not table.problems:
        table.report("no_rows", None, "", "The file has no rows.", "A heading row and at least one row.", "Add rows.")


def _column(title: str) -> str:
    return title.strip().lower().removeprefix(PREFIX)


def _fields(n: int) -> str:
    return f"{n} field" if n == 1 else f"{n} fields"


def _heading_is_complete(names: list[str], table: Table, required: Sequence[str], known: set[str]) -> bool:
    if not names:
        table.report("empty_file", None, "", "The file is empty.", "A heading row and at least one row.", "Add them.")
    elif missing := [name for name in required if name not in names]:
        found = f"The file has no column {', '.join(missing)}."
        wanted = f"A heading row with these columns in any order, with or without “{PREFIX}” before the name."
        table.report("missing_columns", None, "", found, wanted, "Add the missing columns to the heading row.")
    elif twice := sorted({name for name in names if name in known and names.count(name) > 1}):
        found = f"The heading row has {', '.join(twice)} more than once."
        table.report("column_twice", None, "", found, "Every column once.", "Remove or rename one of them.")
    return not table.problems


def _refuse_nul(number: int, values: Mapping[str, str], table: Table) -> None:
    for name, value in values.items():
        if "\0" in value:
            found = "There is a NUL byte in the text, which no text holds; the file may be damaged."
            table.report("nul_byte", number, name, found, "Plain text.", "Write the text again.")
