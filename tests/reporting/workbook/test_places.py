"""Cells in few words."""

import pytest

from reporting.workbook.cells import Cell
from reporting.workbook.places import in_words


def cells(*addresses: str) -> list[Cell]:
    found = [Cell.parse(address if "!" in address else f"Responses!{address}") for address in addresses]
    return [cell for cell in found if cell]


@pytest.mark.parametrize(
    ("listed", "words"),
    [
        ([], ""),
        (["F5"], "Responses!F5"),
        (["F5", "G5", "H5"], "3 cells: Responses!F5 to H5"),
        (["F5", "G5", "F6", "G6"], "4 cells: Responses!F5 to G6"),
        (["Z5", "AA5"], "2 cells: Responses!Z5 to AA5"),
        (["H20", "F5", "F6"], "3 cells: Responses!F5 to F6 and H20"),
        (["F5", "F6", "G6"], "3 cells: Responses!F5 and F6 to G6"),
        (["A1", "C3", "E5", "G7", "I9"], "5 cells: Responses!A1, C3, E5 and 2 more places"),
        (["Touchpoints!H5", "F5"], "2 cells: Touchpoints!H5; Responses!F5"),
    ],
)
def test_neighbors_are_told_as_one_area(listed: list[str], words: str) -> None:
    assert in_words(cells(*listed)) == words


def test_line_of_a_csv_file_is_told_as_it_is() -> None:
    assert in_words([Cell("", 3, "q1_1")]) == "line 3, q1_1"
