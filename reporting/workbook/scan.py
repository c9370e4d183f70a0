"""The one pass over a worksheet: what it looks at is what is read; no other parser sees the sheet.

It stops at the first thing that is unsafe or that another reader could take for something else: a cell outside the
form area (one value at XFD1048576 keeps openpyxl busy for 40 s), cells out of order or twice (readers disagree on
which one counts), an index into nothing. On the way it notes the cells, and what openpyxl does not tell of a sheet
that it only reads: which cells are formulas, which are merged, and which rows and columns are hidden.
"""

import re
from collections.abc import Callable
from functools import cache

from reporting.workbook.cells import Cell, Problem
from reporting.workbook.facts import UNREADABLE, Facts, Stored
from reporting.workbook.refusals import Refused, damaged, outside_form, too_many
from reporting.workbook.spec import INPUT_SHEETS, LAST_COLUMN, LAST_ROW, STAMP
from reporting.workbook.texts import key
from reporting.workbook.walk import MAIN, Attributes, Start, walk

MOST_TAGS = 200_000  # a full template has about 110,000
MOST_SETTINGS = 5_000  # of each kind: merged ranges, drop-downs, links … A template has about 30
EXTRA_ROW, EXTRA_COLUMN = 10_000, 256  # the form area of a sheet that is not of the template and is not read
EXCEL_ROW = 1_048_576

_SETTINGS = {
    b"mergeCell": "merged cells",
    b"hyperlink": "links",
    b"dataValidation": "drop-downs and number rules",
    b"conditionalFormatting": "conditional formats",
    b"cfRule": "conditional formats",
}
_INPUTS = {key(sheet.name) for sheet in INPUT_SHEETS}
_READ = {*_INPUTS, key(STAMP)}
_TYPES = {"b", "d", "e", "inlineStr", "n", "s", "str"}
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
_COLUMN = re.compile(r"[A-Z]{1,3}", re.ASCII)
_ROW = re.compile(r"[1-9]\d{0,6}", re.ASCII)
_NOTHING = re.compile(r"0+(\.0*)?", re.ASCII)  # a height or width of 0 hides too
_NUMBER = re.compile(r"[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})([eE][+-]?\d{1,4})?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,9})?Z?)?|T?\d\d:\d\d:\d\d(\.\d{1,9})?Z?", re.ASCII)
_OTHER_BOOK = re.compile(r"(^|[^\w\]])\[\d+\]|'[^']*\[\d+\]")  # Excel keeps [1]Sheet!A1 and a list of the books


def scan(data: bytes, sheet: str = "", strings: int = 0, styles: int = 1) -> Facts:
    """Raises Refused. `strings`, `styles`: how many the workbook has for its cells to point to."""
    for word, things in _SETTINGS.items():
        if data.count(word) > 2 * MOST_SETTINGS:  # where each begins and ends
            raise Refused(too_many(things, sheet))
    seen = _Pass(sheet, strings, styles)
    root = walk(data, MOST_TAGS, seen.starts, seen.ends, seen.characters, things="cells")
    if root != f"{MAIN} worksheet":
        raise Refused(damaged(f"The sheet {sheet[:60]} is not stored as a worksheet."))
    return seen.facts


class _Pass:
    def __init__(self, sheet: str, strings: int, styles: int) -> None:
        self.facts, self.sheet, self.strings, self.styles = Facts(), sheet, strings, styles
        self.known_styles = {"0"}
        is_ours = key(sheet) in _INPUTS
        self.last_row, self.last_column = (LAST_ROW, LAST_COLUMN) if is_ours else (EXTRA_ROW, EXTRA_COLUMN)
        self.row = self.column = 0
        self.row_digits = ""
        self.has_data = self.hidden = self.is_in_row = False
        self.type, self.style = "n", "0"
        self.is_in_cell = self.has_value = self.is_formula = False
        self.value: str | None = None
        self.text: list[str] | None = None  # of the value or the formula that is open
        self.is_heard = self.is_phonetic = False  # whether characters belong to it; how a text is spoken does not
        named: dict[str, Start] = {
            "sheetData": self._data,
            "row": self._row,
            "c": self._c,
            "v": self._v,
            "f": self._f,
            "is": self._is,
            "t": self._t,
            "rPh": self._phonetic,
            "col": self._col,
            "mergeCell": self._merge_cell,
            "filterColumn": self._filter_column,
            "hyperlink": self._hyperlink,
        }
        self.starts = {f"{MAIN} {name}": start for name, start in named.items()}
        ended: dict[str, Callable[[], None]] = {
            "row": self._end_row,
            "c": self._end_kept_c if key(sheet) in _READ else self._end_c,
            "v": self._end_v,
            "f": self._end_f,
            "is": self._end_is,
            "t": self._end_t,
            "rPh": self._end_phonetic,
        }
        self.ends = {f"{MAIN} {name}": end for name, end in ended.items()}

    def _cell(self, column: int = 0) -> Cell:
        return Cell(self.sheet, self.row, column_letters(column or self.column or 1))

    def _data(self, _: Attributes, depth: int) -> None:
        if depth != 2 or self.has_data:
            raise Refused(damaged())
        self.has_data = True

    def _row(self, attributes: Attributes, depth: int) -> None:
        number = attributes.get("r", str(self.row + 1))
        if not _ROW.fullmatch(number) or int(number) > EXCEL_ROW:
            raise Refused(damaged(f"The sheet {self.sheet[:60]} has a row “{number[:20]}”, which Excel cannot have."))
        if depth != 3 or int(number) <= self.row:
            raise Refused(damaged(f"Row {number} follows row {self.row} on the sheet {self.sheet[:60]}."))
        self.row, self.column, self.row_digits, self.is_in_row = int(number), 0, number, True
        self.hidden = _is_hidden(attributes, "ht")

    def _c(self, attributes: Attributes, depth: int) -> None:
        reference = attributes.get("r")
        column = self.column + 1
        if reference is not None:
            column = column_number(reference.removesuffix(self.row_digits))
            if not column or reference.isalpha():
                named = f"A cell in row {self.row} of {self.sheet[:60]} is named “{reference[:20]}”."
                raise Refused(damaged(named))
        if column <= self.column or depth != 4 or not self.is_in_row:
            raise Refused(damaged("The cell stands twice or out of order.", self._cell(column)))
        self.column, self.type, self.style = column, attributes.get("t", "n"), attributes.get("s", "0")
        self.is_in_cell, self.has_value, self.is_formula, self.value = True, False, False, None
        if self.style not in self.known_styles:
            self._check_style(self.style)
        if self.type not in _TYPES:
            raise Refused(damaged("The cell holds a kind of value that Excel does not know.", self._cell()))

    def _end_row(self) -> None:
        self.is_in_row = False

    def _end_c(self) -> None:
        self.is_in_cell = False

    def _end_kept_c(self) -> None:
        self.is_in_cell = False
        if self.value is not None or self.is_formula:
            stored = Stored(self.type, self.value, self.style, self.is_formula)
            self.facts.cells.setdefault(self.row, {})[self.column] = stored

    def _check_style(self, style: str) -> None:
        if not (style.isascii() and style.isdigit() and int(style[:10]) < self.styles):
            raise Refused(damaged("The cell points to a format that the file does not have.", self._cell()))
        self.known_styles.add(style)

    def _unreadable(self) -> Problem:
        return damaged("The cell is stored in a way that cannot be read.", self._cell())

    def _content(self, depth: int) -> None:
        if depth != 5 or self.text is not None or not self.is_in_cell:
            raise Refused(self._unreadable())
        self.text = []
        if self.row > self.last_row or self.column > self.last_column:
            raise Refused(outside_form(self._cell()))
        if self.hidden:
            self.facts.hidden_rows.add(self.row)

    def _v(self, _: Attributes, depth: int) -> None:
        if self.has_value:
            raise Refused(self._unreadable())
        self.has_value = True
        self._content(depth)
        self.is_heard = True

    def _is(self, attributes: Attributes, depth: int) -> None:
        self._v(attributes, depth)
        self.is_heard = False

    def _t(self, _: Attributes, depth: int) -> None:
        if depth == 6 and self.text:
            raise Refused(self._unreadable())  # a plain text beside another: readers take the one or the other
        self.is_heard = not self.is_phonetic

    def _phonetic(self, *_: object) -> None:
        self.is_phonetic = True

    def _f(self, _: Attributes, depth: int) -> None:
        self._content(depth)
        self.is_heard = self.is_formula = True

    def characters(self, text: str) -> None:
        if self.is_heard and self.text is not None:
            self.text.append(text)

    def _end_t(self) -> None:
        self.is_heard = False

    def _end_phonetic(self) -> None:
        self.is_phonetic = False

    def _end_f(self) -> None:
        text, self.text = "".join(self.text or ()), None
        if "[" in text and _OTHER_BOOK.search(text):
            self.facts.linked.append(self._cell())

    def _end_is(self) -> None:
        text, self.text = "".join(self.text or ()), None
        if self.type == "inlineStr":
            self.value = text

    def _end_v(self) -> None:
        text, self.text = "".join(self.text or ()), None
        if self.type != "inlineStr":
            self.value = text or None
        if self.type == "n":
            if text and not _NUMBER.fullmatch(text.strip(" \n")):
                self.type = UNREADABLE
        elif self.type == "s":
            if not (text.isascii() and text.isdigit() and int(text[:10]) < self.strings):
                raise Refused(damaged("The cell points to a text that the file does not have.", self._cell()))
        elif (self.type == "b" and text not in ("", "0", "1")) or (self.type == "d" and not _DATE.fullmatch(text)):
            raise Refused(self._unreadable())

    def _col(self, attributes: Attributes, _: int) -> None:
        if _is_hidden(attributes, "width"):
            first, last = (int(attributes.get(side, "0")[:6]) for side in ("min", "max"))
            self.facts.hidden_columns.update(range(first, min(last, LAST_COLUMN) + 1))

    def _merge_cell(self, attributes: Attributes, _: int) -> None:
        corners = self._range(attributes, "Cells are merged far outside the form area.")
        if corners is not None:
            self.facts.merged.append(corners)

    def _hyperlink(self, attributes: Attributes, _: int) -> None:
        self._range(attributes, "A link covers cells far outside the form area.")

    def _range(self, attributes: Attributes, found: str) -> tuple[int, int, int, int] | None:
        """First row, first column, last row, last column. A full reader makes every cell of such a range."""
        top_left, _, bottom_right = attributes.get("ref", "").partition(":")
        first, last = _REFERENCE.fullmatch(top_left), _REFERENCE.fullmatch(bottom_right or top_left)
        if first is None or last is None:
            return None
        row, column = int(last[2]), column_number(last[1])
        if row > self.last_row or column > self.last_column:
            raise Refused(outside_form(Cell(self.sheet, row, last[1]), found))
        return int(first[2]), column_number(first[1]), row, column

    def _filter_column(self, *_: object) -> None:
        self.facts.is_filtered = True


def _is_hidden(attributes: Attributes, size: str) -> bool:
    return attributes.get("hidden") in ("1", "true") or _NOTHING.fullmatch(attributes.get(size, "1")) is not None


@cache
def column_number(letters: str) -> int:
    """0 for what names no column."""
    if not _COLUMN.fullmatch(letters):
        return 0
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
