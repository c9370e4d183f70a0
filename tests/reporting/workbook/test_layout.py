"""What looks like a total, a note or something hidden and is none of them; the corpus has those that are."""

from collections.abc import Callable
from typing import Any

import pytest

from reporting.workbook import parse
from tests.reporting.workbook.workbooks import complete, contents, edited, problem_at, rules_of, typed


@pytest.mark.parametrize("name", ["Total calls answered", "Summit permits", "Notes sent to customers", "Sum insured"])
def test_metric_that_begins_like_a_total_or_a_note_is_a_metric(name: str) -> None:
    parsed = parse.read(typed(complete(), {"Operations!A6": name, "Operations!B6": 48}))

    assert parsed.contents is not None
    assert [metric.name for metric in parsed.contents.metrics] == ["Online transactions", name]


def test_service_with_total_in_its_name_is_no_total() -> None:
    data = typed(complete(), {"Touchpoints!C5": "Total rewards statement"})

    assert parse.read(data).problems == []


@pytest.mark.parametrize(
    "edit",
    [
        lambda book: book["Responses"].merge_cells("C150:J160"),
        lambda book: book["Touchpoints"].merge_cells("A25:D26"),
        lambda book: book["Cover"].merge_cells("A1:C1"),
    ],
)
def test_merged_cells_without_figures_do_no_harm(edit: Callable[[Any], object]) -> None:
    parsed = parse.read(edited(complete(), edit))

    assert (parsed.contents, rules_of(parsed.problems)) == (contents(), [])


def test_merged_cells_are_told_alone_with_every_cell() -> None:
    problem = problem_at(edited(complete(), lambda book: book["Responses"].merge_cells("F5:H5")), "Responses!F5")

    assert problem.rule == "cells_merged"
    assert [str(cell) for cell in problem.related] == ["Responses!G5", "Responses!H5"]


def test_hidden_row_of_a_table_is_told_with_its_number() -> None:
    def hide(book: Any) -> None:
        book["Responses"].row_dimensions[9].hidden = True

    problem = problem_at(edited(complete(), hide), "Responses!A9")

    assert problem.found == "Row 9 is hidden, with figures or words inside."


def test_total_hides_no_other_problem() -> None:
    cells = {"Touchpoints!A7": "Total", "Touchpoints!F7": 5, "Touchpoints!F5": "many"}

    assert rules_of(parse.read(typed(complete(), cells)).problems) == ["not_a_number", "total_row"]
