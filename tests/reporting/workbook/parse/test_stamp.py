"""Whose workbook it is, for which quarter, and of which version."""

import io
from typing import Any

import pytest
import xlsxwriter

from reporting.workbook import parse
from tests.reporting.workbook.workbooks import (
    complete,
    edited,
)


def test_workbook_that_is_not_ours_is_told_so() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("Sheet1").write(0, 0, "Customers")

    assert [p.rule for p in parse.read(file.getvalue()).problems] == ["not_our_template"]


def _drop_stamp(book: Any) -> None:
    book.remove(book["_stamp"])
    book.custom_doc_props.props.clear()


def test_workbook_without_its_stamp_is_told_so() -> None:
    parsed = parse.read(edited(complete(), _drop_stamp))

    assert parsed.stamp is None
    assert [p.rule for p in parsed.problems] == ["stamp_missing"]


@pytest.mark.parametrize("where", ["sheet", "property"])
def test_one_of_the_two_stamps_is_enough(where: str) -> None:
    def drop(book: Any) -> None:
        if where == "sheet":
            book.custom_doc_props.props.clear()
        else:
            book.remove(book["_stamp"])

    parsed = parse.read(edited(complete(), drop))

    assert parsed.stamp == parse.read(complete()).stamp


def test_stamp_that_differs_from_its_twin_was_edited() -> None:
    data = edited(complete(), lambda book: book["_stamp"].__setitem__("A1", "1|ssa-oo|2021-q3|x|y"))

    assert [p.rule for p in parse.read(data).problems] == ["stamp_edited"]


def test_other_version_is_told_and_nothing_else() -> None:
    def edit(book: Any) -> None:
        _drop_stamp(book)
        book.create_sheet("_stamp")["A1"] = "0|va-vha|2021-q3|x|y"
        book["Touchpoints"]["F5"] = "many"

    parsed = parse.read(edited(complete(), edit))

    assert [p.found for p in parsed.problems] == ["This is version 0 of the template; version 1 is in use."]
