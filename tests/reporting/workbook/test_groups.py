"""Equal problems are told once."""

from reporting.workbook.cells import ERROR, EXPLAIN, Cell, Problem
from reporting.workbook.groups import grouped


def problem(row: int, found: str = "Odd.", severity: str = ERROR, label: str = "", fix: str = "Fix it.") -> Problem:
    return Problem("rule", severity, found, "Even.", fix, Cell("Responses", row, "F"), label)


def test_equal_problems_become_one_with_all_cells() -> None:
    (one,) = grouped([problem(5), problem(6), problem(8)])

    assert [str(cell) for cell in one.cells] == ["Responses!F5", "Responses!F6", "Responses!F8"]
    assert (one.found, one.each) == ("Odd.", ())


def test_what_was_found_may_differ_and_is_kept_for_each_cell() -> None:
    founds = ["“a” is odd.", "“b” is odd.", "“c” is odd.", "“d” is odd."]
    (one,) = grouped(problem(row, found) for row, found in enumerate(founds, start=5))

    assert one.found == "“a” is odd. “b” is odd. And 2 more like these."
    assert one.found_in(Cell("Responses", 7, "F")) == "“c” is odd."
    assert Problem.from_dict(one.as_dict()) == one


def test_label_says_what_the_cells_have_in_common() -> None:
    alike = [problem(5, label="Survey 1: Customers"), problem(6, label="Survey 2: Customers")]

    assert grouped(alike)[0].label == "Customers"
    assert grouped([*alike, problem(7, label="Survey 2: Channel")])[0].label == ""


def test_another_fix_is_another_problem() -> None:
    assert len(grouped([problem(5, fix="Write 5."), problem(6, fix="Write 6.")])) == 2


def test_what_is_to_be_explained_alike_takes_one_sentence_and_names_the_surveys() -> None:
    (one,) = grouped([problem(5, severity=EXPLAIN, label="Survey A"), problem(6, severity=EXPLAIN, label="Survey B")])

    assert one.label == "Survey A; Survey B"
    assert [str(cell) for cell in one.cells] == ["Responses!F5", "Responses!F6"]


def test_other_findings_are_explained_one_by_one() -> None:
    alike = [problem(5, "5 of 4.", EXPLAIN), problem(6, "6 of 4.", EXPLAIN)]

    assert grouped(alike) == alike


def test_what_the_public_reads_beside_each_survey_stays_apart() -> None:
    alike = [problem(5, severity=EXPLAIN), problem(6, severity=EXPLAIN)]

    assert grouped(alike, apart={"rule"}) == alike


def test_the_whole_files_problems_are_not_thrown_together() -> None:
    sheets = [Problem("sheet_unknown", ERROR, f"The sheet {name}.", "", "") for name in "ab"]

    assert grouped(sheets) == sheets
