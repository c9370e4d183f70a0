"""Reads a filled workbook: its contents, its stamp, and every problem of every cell in one pass.

Columns are found by their headings, blank rows are skipped, what is only there to be seen is not read. A sheet or a
column that is missing hides nothing of the others. A field whose cell could not be read, or whose column is missing,
has no entry in `places`; the rules leave it alone. `contents` is None when there is too little to check: no Cover, or
none of the tables. Nothing is raised but MemoryError.
"""

import warnings
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from reporting.contents import Contents
from reporting.domains import question_name
from reporting.fiscal import FiscalQuarter
from reporting.workbook import assemble, guard, sheets, spec, stamp
from reporting.workbook.cells import ERROR, Cell, Problem
from reporting.workbook.facts import Facts
from reporting.workbook.grid import Rows, mark_stale, raw_rows
from reporting.workbook.groups import grouped
from reporting.workbook.headings import Table
from reporting.workbook.layout import Layout
from reporting.workbook.readings import Raw
from reporting.workbook.records import Describe, Record, records
from reporting.workbook.refusals import Refused, damaged
from reporting.workbook.sheetview import Typed, typed
from reporting.workbook.stamp import PROPERTY, Stamp
from reporting.workbook.texts import key


@dataclass(frozen=True)
class Parsed:
    contents: Contents | None = None
    stamp: Stamp | None = None
    problems: list[Problem] = field(default_factory=list)
    sheets: dict[str, Typed] = field(default_factory=dict, compare=False, repr=False)  # what stands there, as text


def read(data: bytes) -> Parsed:
    """The one pure function from bytes to contents: the guard, then the cells. A child process runs just this."""
    try:
        return _read(data)
    except Refused as refused:
        return Parsed(problems=[refused.problem])
    except MemoryError:  # too large for the child, which says nothing of damage
        raise
    except Exception:  # openpyxl raises 13 kinds on broken files; none of them tells a person anything
        return Parsed(problems=[damaged()])


def _read(data: bytes) -> Parsed:
    safe = guard.inspect(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that openpyxl does not know; none is read
        book = load_workbook(BytesIO(safe.book), read_only=True, data_only=True, keep_links=False)
        parsed = _Book(book, safe.sheets).read()
    return replace(parsed, problems=[*safe.problems, *parsed.problems])


class _Book:
    """A workbook that is being read; `problems` fills on the way."""

    def __init__(self, book: Any, facts: dict[str, Facts]) -> None:
        self.book, self.facts = book, facts
        self.titles = {key(title): title for title in reversed(book.sheetnames)}
        self.problems: list[Problem] = []
        self.quarter: FiscalQuarter | None = None
        self.sheets: dict[str, Typed] = {}

    def read(self) -> Parsed:
        text = self._stamp_text()
        if not text and sum(key(sheet.name) in self.titles for sheet in spec.INPUT_SHEETS) < 2:
            return Parsed(problems=[stamp.not_our_template()])
        found = self._stamp(text)
        if found is not None and found.version != spec.VERSION:
            return Parsed(stamp=found, problems=[stamp.other_version(found.version, spec.VERSION)])
        self.quarter = found.quarter if found is not None else None
        contents = self._contents()
        return Parsed(contents, found, grouped(self.problems), self.sheets)

    def _rows(self, name: str) -> Rows:
        return raw_rows(self.book[self.titles[key(name)]], self._facts(name))

    def _tables(self) -> dict[str, Table]:
        """Every sheet of the template that the file has; stored results that cannot be trusted are marked."""
        there = [sheet for sheet in spec.INPUT_SHEETS if key(sheet.name) in self.titles]
        tables = {sheet.name: Table(sheet, self._rows(sheet.name)) for sheet in there}
        responses = tables.get(spec.RESPONSES.name)
        calculated = sheets.is_calculated(responses) if responses else None
        if not calculated:
            for table in tables.values():
                mark_stale(table.rows, zeros_only=calculated is None)
        return tables

    def _facts(self, name: str) -> Facts:
        return self.facts.get(self.titles[key(name)], Facts())

    def _stamp_text(self) -> str:
        """From the hidden sheet, else from the document property; "?" when the two differ."""
        texts = {str(p.value) for p in self.book.custom_doc_props.props if p.name == PROPERTY}
        if key(spec.STAMP) in self.titles:
            texts.add(self._rows(spec.STAMP).get(1, {}).get(1, Raw()).text)
        texts.discard("")
        return texts.pop() if len(texts) == 1 else "?" * bool(texts)

    def _stamp(self, text: str) -> Stamp | None:
        try:
            return Stamp.parse(text)
        except ValueError:
            self.problems.append(stamp.edited() if text else stamp.missing())
            return None

    def _contents(self) -> Contents | None:
        tables = self._tables()
        missing = [sheet for sheet in spec.INPUT_SHEETS if sheet.name not in tables]
        self.problems += sheets.problems(self.book.sheetnames, missing)
        cover = self._cover(tables[spec.COVER.name].rows) if spec.COVER not in missing else Record(0)
        layouts = {
            sheet.name: Layout(tables[sheet.name], self._facts(sheet.name))
            for sheet in spec.TABLES
            if sheet not in missing
        }
        for layout in layouts.values():
            self.sheets[layout.table.sheet.name] = typed(layout.table.rows, layout.table.header_row)
            self._tell_of(layout)
        found = {sheet.name: records(layouts[sheet.name]) if sheet.name in layouts else [] for sheet in spec.TABLES}
        tied = {name for name, layout in layouts.items() if layout.table.has_keys}
        surveys = assemble.Surveys(
            found[spec.TOUCHPOINTS.name],
            found[spec.RESPONSES.name],
            all_numbered=spec.TOUCHPOINTS.name in tied,
            all_placed=spec.RESPONSES.name in tied,
        )
        self._tell(found, surveys)
        built = surveys.build()
        if spec.COVER in missing or not tied:
            return None
        self.problems += surveys.problems
        return Contents(
            **cover.values,
            surveys=built,
            metrics=tuple(m for r in found[spec.OPERATIONS.name] if (m := assemble.metric(r))),
            indexes=tuple(i for r in found[spec.INDEXES.name] if (i := assemble.index(r))),
            places=cover.places,
        )

    def _tell_of(self, layout: Layout) -> None:
        name = layout.table.sheet.name
        if layout.body and self._is_hidden(name):
            self.problems.append(sheets.hidden(name))
        self.problems += [*layout.table.header_problems(), *layout.problems]

    def _is_hidden(self, name: str) -> bool:
        return str(self.book[self.titles[key(name)]].sheet_state) != "visible"

    def _tell(self, rows: dict[str, list[Record]], surveys: assemble.Surveys) -> None:
        names = {
            n: r.values.get("service_provided") or r.values.get("service", "") for n, r in surveys.touchpoints.items()
        }
        for sheet, found in rows.items():
            for record in found:
                self.problems += record.problems(_describer(sheet, names))

    def _cover(self, rows: Rows) -> Record:
        """Cover is no table: the value stands right of its label."""
        record, name = Record(0), spec.COVER.name
        self.sheets[name] = typed(rows)
        if self._is_hidden(name):
            self.problems.append(sheets.hidden(name))
        places = {
            key(raw.text): (row, number) for row in reversed(rows) for number, raw in reversed(rows[row].items())
        }
        for column in spec.COVER.columns:
            if key(column.header) not in places:
                self.problems += [_label_missing(column)] if column.fills else []
                continue
            row, number = places[key(column.header)]
            cell, raw = Cell(name, row, get_column_letter(number + 1)), rows[row].get(number + 1, Raw())
            if column.fills:
                record.take(column, cell, raw)
            elif column.shows == "quarter":
                self._compare_quarter(cell, raw.text)
        self.problems += record.problems(lambda _: "")
        return record

    def _compare_quarter(self, cell: Cell, text: str) -> None:
        """The stamp decides; a Cover that was typed over would let a person believe something else."""
        if text and self.quarter is not None and not key(text).startswith(key(self.quarter.label)):
            self.problems.append(sheets.cover_of_other_quarter(cell, text, self.quarter.label))


def _label_missing(column: spec.Column) -> Problem:
    return Problem(
        "label_missing",
        ERROR,
        f"The sheet {spec.COVER.name} has no line “{column.header}”.",
        "Every line of the template.",
        f"Write “{column.header}” left of its cell again, or use a fresh template.",
    )


def _describer(sheet: str, names: dict[int, str]) -> Describe:
    """Says which row is meant: “Trust (Outpatient Services)”, “Survey 2 (Outpatient Services)”, a metric’s name."""

    def describe(record: Record) -> str:
        number, domain = record.values.get("survey"), record.values.get("domain")
        if number is None and domain is None:
            return str(record.values.get("name", ""))[:60]
        name = names.get(number or 0, "")[:60]
        about = question_name(domain) if domain else f"Survey {number}"
        which = name or (f"survey {number}" if number and domain else "")
        return f"{about} ({which})" if which else about

    return describe
