"""G: what people and programs put where a count belongs."""

from datetime import date, datetime, time
from typing import Any

from reporting.workbook import spec
from tests.corpus.base import Item
from tests.corpus.making import Make, changed, inline, replaced, with_cells, with_xml
from tests.reporting.workbook.workbooks import cell_of, part_of

CUSTOMERS = cell_of(spec.TOUCHPOINTS, "customers")
N5 = cell_of(spec.RESPONSES, "n5")


def _text(text: str) -> Make:
    return with_xml(CUSTOMERS, inline(text))


def _raw(value: str, kind: str = "") -> Make:
    """A number as the file spells it."""
    return with_xml(CUSTOMERS, f"<c {{at}}{kind}><v>{value}</v></c>")


def _formatted(value: Any, number_format: str) -> Make:
    def edit(book: Any) -> None:
        cell = book[spec.TOUCHPOINTS.name][CUSTOMERS.partition("!")[2]]
        cell.value, cell.number_format = value, number_format

    return changed(edit)


def _formula(inside: str, kind: str = "") -> Make:
    return with_xml(CUSTOMERS, f"<c {{at}}{kind}>{inside}</c>")


def _out_of_date_totals() -> Make:
    """A total that was stored before the counts changed shows that the stored results are old."""
    total = "<f>SUM(F5:J5)</f><v>17</v>"
    responses = with_xml("Responses!K5", f"<c {{at}}>{total}</c>")
    return replaced(part_of(spec.RESPONSES), "<v>38</v>", "<f>30+8</f><v>38</v>", responses)


# What was typed, the rule, and what to do.
_WORDS = (
    ("percent", "17%", "percent", "Write the number of people"),
    ("percent in words", "17 percent", "percent", "Write the number of people"),
    ("million", "48 million", "not_a_number", "Write 48000000."),
    ("48M", "48M", "not_a_number", "Write 48000000."),
    ("thousand", "1.5 thousand", "not_a_number", "Write 1500."),
    ("exponent", "1.2e6", "not_a_number", "Write 1200000."),
    ("full width", "３００", "not_a_number", "Write 300."),
    ("Arabic digits", "٣٠٠", "not_a_number", "Write 300."),
    ("zero-width space", "3\u200b00", "not_a_number", "U+200B"),
    ("right-to-left mark", "\u200f300", "not_a_number", "U+200F"),
    ("byte order mark", "\ufeff300", "not_a_number", "U+FEFF"),
    ("word joiner", "300\u2060", "not_a_number", "Write 300."),
    ("minus sign", "−5", "too_small", "Write 0 or more."),
    ("en dash", "–5", "too_small", "Write 0 or more."),
    ("in parentheses", "(5)", "too_small", "“(5)” is below 0."),
    ("negative text", "-5", "too_small", "Write 0 or more."),
    ("decimal text", "300.5", "not_a_number", "Write digits only"),
    ("decimal zero text", "300.0", "not_a_number", "Write 300."),
    ("underscore", "1_000", "not_a_number", "Write 1000."),
    ("hexadecimal", "0x1F", "not_a_number", "Write digits only"),
    ("superscript", "5²", "not_a_number", "Write digits only"),
    ("half", "½", "not_a_number", "Write digits only"),
    ("Roman", "Ⅻ", "not_a_number", "Write digits only"),
    ("fraction", "1/2", "not_a_number", "more than one number"),
    ("range", "100–200", "not_a_number", "more than one number"),
    ("less than", "<10", "not_a_number", "Write the exact number"),
    ("about", "~300", "not_a_number", "Write 300."),
    ("asterisk", "300*", "not_a_number", "Write 300."),
    ("estimate", "300 (est.)", "not_a_number", "Write 300."),
    ("dollars", "$300", "not_a_number", "Write 300."),
    ("letters O", "3OO", "not_a_number", "Write 300."),
    ("apostrophe", "'300", "not_a_number", "Write 300."),
    ("European", "1.234,5", "not_a_number", "Write digits only"),
    ("European thousands", "1.234.567", "not_a_number", "Write 1234567."),
    ("space", "1 234", "not_a_number", "Write 1234."),
    ("Indian groups", "1,23,456", "not_a_number", "Write digits only"),
    ("wrong groups", "12,34", "not_a_number", "Write digits only"),
    ("TRUE in words", "TRUE", "not_a_number", "Write digits only"),
    ("N/A", "N/A", "not_a_number", "Leave the cell blank"),
    ("dash", "-", "not_a_number", "Leave the cell blank"),
    ("TBD", "TBD", "not_a_number", "Leave the cell blank"),
    ("none", "none", "not_a_number", "Leave the cell blank"),
    ("in words", "three hundred", "not_a_number", "Write digits only"),
    ("two with a semicolon", "100;200", "not_a_number", "one number per cell"),
    ("two on two lines", "100\n200", "not_a_number", "one number per cell"),
    ("16 digits", "1" * 16, "too_large", "Check the number of digits."),
    ("5,000 digits as text", "9" * 5000, "too_large", "Check the number of digits."),
    ("longest cell", "x" * 32_767, "not_a_number", "Write digits only"),
    ("longer than any cell", "x" * 40_000, "not_a_number", "Write digits only"),
    ("control character", "300_x0007_", "not_a_number", "U+0007"),
)
_NUMBERS = (
    ("negative", "-5", "too_small", "-5 is below 0."),
    ("not whole", "300.5", "not_whole", "300.5 is not a whole number."),
    ("mean", "4.35", "not_whole", "It looks like a mean."),
    ("1e300", "1e300", "too_large", "is more than 10,000,000,000."),
    ("1e400", "1E400", "too_large", "too large to be read"),
    ("2^53+1", "9007199254740993", "too_large", "9007199254740993 is more than"),
    ("2^63", str(2**63), "too_large", "is more than"),
    ("2^64", str(2**64), "too_large", "is more than"),
    ("above everybody", str(10**10 + 1), "too_large", "Check the number of digits."),
    ("NaN", "NaN", "unreadable_number", "holds “NaN”"),
    ("infinity", "INF", "unreadable_number", "holds “INF”"),
    ("5,000 digits", "9" * 5000, "unreadable_number", "Type it again"),
    ("underscore as a number", "1_000", "unreadable_number", "holds “1_000”"),
    ("Arabic digits as a number", "٣٠٠", "unreadable_number", "holds “٣٠٠”"),
    ("hexadecimal as a number", "0x10", "unreadable_number", "holds “0x10”"),
    ("comma as a number", "1,234", "unreadable_number", "holds “1,234”"),
)
_ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#BUSY!")
_DATES = (
    ("date", date(2021, 6, 30), "yyyy-mm-dd", "shows 2021-06-30; the number behind it is 44377."),
    ("date and time", datetime(2021, 6, 30, 12), "yyyy-mm-dd hh:mm", "number behind it is 44377.5."),  # noqa: DTZ001
    ("time", time(12), "hh:mm", "number behind it is 0.5."),
    ("number shown as a date", 300, "d-mmm-yy", "shows 1900-10-26; the number behind it is 300."),
    ("negative number shown as a date", -1, "d-mmm-yy", "number behind it is -1."),
    ("number that is no date", 10**9, "d-mmm-yy", "number behind it is 1000000000."),
)
_FORMULAS = (
    ("formula without a result", "<f>A1*2</f>", "", "formula_without_result", "save it there"),
    ("formula with a text", "<f>A1</f><v>many</v>", ' t="str"', "not_a_number", "Write digits only"),
    ("formula with an error", "<f>1/0</f><v>#DIV/0!</v>", ' t="e"', "excel_error", "#DIV/0!"),
    ("formula that was never calculated", "<f>100+200</f><v>0</v>", "", "formula_not_calculated", "stored result 0"),
    ("array without a result", '<f t="array" ref="F5">SUM(A1:A2)</f>', "", "formula_without_result", "save it there"),
    ("table formula without a result", "<f>Table1[Customers]</f>", "", "formula_without_result", "save it there"),
    ("orphan of a shared formula", '<f t="shared" si="7"/>', "", "formula_without_result", "save it there"),
)


def _items() -> list[Item]:
    found = [Item("G", id_, _text(typed), rule, says, CUSTOMERS) for id_, typed, rule, says in _WORDS]
    found += [Item("G", id_, _raw(value), rule, says, CUSTOMERS) for id_, value, rule, says in _NUMBERS]
    found += [Item("G", e, _raw(e, ' t="e"'), "excel_error", f"an Excel error, {e}.", CUSTOMERS) for e in _ERRORS]
    found += [Item("G", id_, _formatted(v, shown), "date_format", says, CUSTOMERS) for id_, v, shown, says in _DATES]
    found += [Item("G", id_, _formula(xml, kind), rule, says, CUSTOMERS) for id_, xml, kind, rule, says in _FORMULAS]
    return found


ITEMS = [
    *_items(),
    Item("G", "percent format", _formatted(0.17, "0%"), "percent", "shows 17%, a percentage", CUSTOMERS),
    Item("G", "true", with_cells({CUSTOMERS: True}), "not_a_number", "The cell says TRUE.", CUSTOMERS),
    Item("G", "false", with_cells({CUSTOMERS: False}), "not_a_number", "The cell says FALSE.", CUSTOMERS),
    Item("G", "rich value", _raw("#VALUE!", ' t="e" vm="1"'), "excel_error", "#VALUE!", CUSTOMERS),
    Item("G", "date as text of ISO", _raw("2021-06-30T00:00:00", ' t="d"'), "date_format", "44377", CUSTOMERS),
    Item("G", "blank among counts", with_cells({N5: None}), "count_missing", "Write 0 where nobody", N5),
    Item("G", "spaces among counts", with_cells({N5: "  "}), "count_missing", "Write 0 where nobody", N5),
    Item("G", "invisible among counts", with_cells({N5: "\u200b"}), "count_missing", "Write 0 where nobody", N5),
    Item("G", "dash for nobody", with_cells({N5: "-"}), "not_a_number", "Write 0 if nobody gave this answer.", N5),
    Item(
        "G",
        "results from before a change",
        _out_of_date_totals(),
        "formula_not_calculated",
        "was not calculated after it was last changed",
        "Responses!F5",
    ),
]
