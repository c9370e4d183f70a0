"""Reads a filled workbook: its contents, its stamp, and every problem of every cell in one pass.

Columns are found by their headings, blank rows are skipped, what is only there to be seen is not read. `contents` is
None when a sheet or a column is missing, so that nothing that follows from it is told. A field whose cell could not be
read has no entry in `places`; the rules leave it alone. Nothing is raised but MemoryError.
"""

import difflib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from reporting.contents import Contents
from reporting.domains import question_name
from reporting.workbook import assemble, guard, spec, stamp
from reporting.workbook.cells import ERROR, NOTE, Cell, Problem
from reporting.workbook.grid import Rows, Table, raw_rows, text_of
from reporting.workbook.groups import grouped
from reporting.workbook.readings import Raw
from reporting.workbook.records import Describe, Record, records
from reporting.workbook.refusals import Refused, damaged
from reporting.workbook.scan import Facts
from reporting.workbook.stamp import PROPERTY, Stamp
from reporting.workbook.texts import key


@dataclass(frozen=True)
class Parsed:
    contents: Contents | None = None
    stamp: Stamp | None = None
    problems: list[Problem] = field(default_factory=list)


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

    def read(self) -> Parsed:
        text = self._stamp_text()
        if not text and sum(key(sheet.name) in self.titles for sheet in spec.INPUT_SHEETS) < 2:
            return Parsed(problems=[stamp.not_our_template()])
        found = self._stamp(text)
        if found is not None and found.version != spec.VERSION:
            return Parsed(stamp=found, problems=[stamp.other_version(found.version, spec.VERSION)])
        contents = self._contents()
        return Parsed(contents, found, grouped(self.problems))

    def _rows(self, name: str) -> Rows:
        title = self.titles[key(name)]
        return raw_rows(self.book[title], self._facts(name), self.book.epoch)

    def _facts(self, name: str) -> Facts:
        return self.facts.get(self.titles[key(name)], Facts())

    def _stamp_text(self) -> str:
        """From the hidden sheet, else from the document property; "?" when the two differ."""
        texts = {str(p.value) for p in self.book.custom_doc_props.props if p.name == PROPERTY}
        if key(spec.STAMP) in self.titles:
            texts.add(text_of(self._rows(spec.STAMP).get(1, {}).get(1, Raw())))
        texts.discard("")
        return texts.pop() if len(texts) == 1 else "?" * bool(texts)

    def _stamp(self, text: str) -> Stamp | None:
        try:
            return Stamp.parse(text)
        except ValueError:
            self.problems.append(stamp.edited() if text else stamp.missing())
            return None

    def _contents(self) -> Contents | None:
        missing = [sheet for sheet in spec.INPUT_SHEETS if key(sheet.name) not in self.titles]
        self.problems += self._sheet_problems(missing)
        cover = self._cover() if spec.COVER not in missing else Record(0)
        tables = {sheet: Table(sheet, self._rows(sheet.name)) for sheet in spec.TABLES if sheet not in missing}
        for table in tables.values():
            self.problems += table.header_problems()
        is_whole = not missing and all(table.is_whole for table in tables.values())
        rows = {sheet.name: self._records(tables, sheet) for sheet in spec.TABLES}
        surveys = assemble.Surveys(rows[spec.TOUCHPOINTS.name], rows[spec.RESPONSES.name])
        self._tell(rows, surveys)
        built = surveys.build()
        if not is_whole:
            return None
        self.problems += surveys.problems
        return Contents(
            **cover.values,
            surveys=built,
            metrics=tuple(m for r in rows[spec.OPERATIONS.name] if (m := assemble.metric(r))),
            indexes=tuple(i for r in rows[spec.INDEXES.name] if (i := assemble.index(r))),
            places=cover.places,
        )

    def _records(self, tables: dict[spec.Sheet, Table], sheet: spec.Sheet) -> list[Record]:
        return records(tables[sheet], self._facts(sheet.name).hidden_rows) if sheet in tables else []

    def _tell(self, rows: dict[str, list[Record]], surveys: assemble.Surveys) -> None:
        names = {
            n: r.values.get("service_provided") or r.values.get("service", "") for n, r in surveys.touchpoints.items()
        }
        for sheet, found in rows.items():
            for record in found:
                self.problems += record.problems(_describer(sheet, names))

    def _sheet_problems(self, missing: list[spec.Sheet]) -> Iterator[Problem]:
        ours = {key(sheet.name) for sheet in spec.INPUT_SHEETS} | {
            key(n) for n in (spec.DEFINITIONS, spec.LISTS, spec.STAMP, *spec.PROBLEMS)
        }
        unknown = [title for title in self.book.sheetnames if key(title) not in ours]
        for sheet in missing:
            close = difflib.get_close_matches(sheet.name, unknown, n=1)
            unknown = [title for title in unknown if title not in close]
            fix = (
                f"Rename the sheet “{close[0]}” to “{sheet.name}”."
                if close
                else "Copy your figures into a freshly downloaded template."
            )
            yield Problem(
                "sheet_missing", ERROR, f"The sheet {sheet.name} is missing.", "Every sheet of the template.", fix
            )
        for title in unknown:
            yield Problem(
                "sheet_unknown", NOTE, f"The sheet “{title[:60]}” is not part of the template and is not read.",
                "The sheets of the template.", "Nothing to do, unless it holds figures to report.",
            )  # fmt: skip

    def _cover(self) -> Record:
        """Cover is no table: the value stands right of its label."""
        rows, record = self._rows(spec.COVER.name), Record(0)
        places = {
            key(text_of(raw)): (row, number) for row in reversed(rows) for number, raw in reversed(rows[row].items())
        }
        for column in spec.COVER.columns:
            if not column.fills:
                continue
            if key(column.header) not in places:
                self.problems.append(_label_missing(column))
                continue
            row, number = places[key(column.header)]
            raw = rows[row].get(number + 1, Raw())
            record.take(column, Cell(spec.COVER.name, row, get_column_letter(number + 1)), raw)
        self.problems += record.problems(lambda _: "")
        return record


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
        return f"{about} ({name or f'survey {number}'})" if domain or name else about

    return describe
