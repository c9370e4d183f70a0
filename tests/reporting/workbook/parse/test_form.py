"""The form itself: sheets, columns and lines that are missing, renamed, twice, or somebody’s own."""

from collections.abc import Callable
from typing import Any

from reporting.workbook import parse
from reporting.workbook.cells import NOTE
from tests.reporting.workbook.workbooks import (
    complete,
    contents,
    edited,
    rules_of,
    typed,
)


def _rename(sheet: str, name: str) -> Callable[[Any], None]:
    def rename(book: Any) -> None:
        book[sheet].title = name

    return rename


def test_missing_column_is_told_alone_with_its_likely_heading() -> None:
    data = typed(complete(), {"Responses!D4": "Question asked"})

    parsed = parse.read(data)

    assert [(p.rule, str(p.cell)) for p in parsed.problems] == [("column_missing", "Responses!D4")]
    assert parsed.problems[0].fix == "Change the heading “Question asked” to “Question as asked”."


def test_missing_sheet_is_told_alone() -> None:
    parsed = parse.read(edited(complete(), lambda book: book.remove(book["Responses"])))

    assert [p.found for p in parsed.problems] == ["The sheet Responses is missing."]


def test_workbook_without_a_cover_has_no_contents() -> None:
    assert parse.read(edited(complete(), lambda book: book.remove(book["Cover"]))).contents is None


def test_renamed_sheet_is_recognized() -> None:
    parsed = parse.read(edited(complete(), _rename("Touchpoints", "Touchpoint")))

    assert [p.fix for p in parsed.problems] == ["Rename the sheet “Touchpoint” to “Touchpoints”."]


def test_missing_sheet_does_not_hide_faults_of_the_others() -> None:
    def edit(book: Any) -> None:
        book.remove(book["Responses"])
        book["Touchpoints"]["F5"] = "many"

    assert rules_of(parse.read(edited(complete(), edit)).problems) == ["not_a_number", "sheet_missing"]


def test_headings_that_were_deleted_are_told_once() -> None:
    data = typed(complete(), {f"Operations!{letter}4": None for letter in "ABCDE"})

    assert [p.rule for p in parse.read(data).problems] == ["header_missing"]


def test_heading_that_stands_twice_is_told() -> None:
    data = edited(complete(), lambda book: book["Operations"].__setitem__("F4", "Value"))

    assert [(p.rule, str(p.cell)) for p in parse.read(data).problems] == [("column_twice", "Operations!F4")]


def test_column_and_sheet_of_their_own_are_only_noted() -> None:
    def edit(book: Any) -> None:
        book["Operations"]["F4"] = "Owner"
        book.create_sheet("My sums")["A1"] = 1

    parsed = parse.read(edited(complete(), edit))

    assert parsed.contents == contents()
    assert [(p.rule, p.severity) for p in parsed.problems] == [("sheet_unknown", NOTE), ("column_unknown", NOTE)]


def test_line_missing_on_the_cover_is_told() -> None:
    data = typed(complete(), {"Cover!A11": "Thoughts"})

    assert [p.rule for p in parse.read(data).problems] == ["label_missing"]
