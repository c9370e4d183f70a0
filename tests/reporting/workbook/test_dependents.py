"""Which results are doubtful once a cell has changed: never too few."""

import pytest

from reporting.workbook import dependents as subject
from reporting.workbook.dependents import Area, At, Formula, areas, dependents

HERE = "responses"


def of(**formulas: str) -> dict[At, Formula]:
    """By address on one sheet: `of(K5="SUM(F5:J5)")`."""
    return {(HERE, int(at[1:]), ord(at[0]) - 64): Formula(text) for at, text in formulas.items()}


def changed(*addresses: str) -> set[At]:
    return {(HERE, int(at[1:]), ord(at[0]) - 64) for at in addresses}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SUM(F5:J5)", [Area(HERE, 5, 6, 5, 10)]),
        ("$B$2*2", [Area(HERE, 2, 2, 2, 2)]),
        ("J5:F5", [Area(HERE, 5, 6, 5, 10)]),
        ("Touchpoints!$A$5:$A$19", [Area("touchpoints", 5, 1, 19, 1)]),
        ("'Index scores'!B5", [Area("index scores", 5, 2, 5, 2)]),
        ("'It''s ours'!B5", [Area("it's ours", 5, 2, 5, 2)]),
        ('IF(TRUE,"see A1",1E5)', []),
        ("LOG10(100)", []),
        ("_xlfn.XLOOKUP(A1,B1,C1)", [Area(HERE, 1, n, 1, n) for n in (1, 2, 3)]),
    ],
)
def test_references_are_read_from_the_text(text: str, expected: list[Area]) -> None:
    assert areas(Formula(text), HERE) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("INDIRECT(A1)", "OFFSET(A1,1,0)", "Respondents*2", "SUM(A:C)", "SUM(5:5)", "A1#", "Table1[Total]"),
        *("[1]Sheet1!A1", "SUM(One:Two!A1)", "", "SUM(A1:B2:C3)"),
    ],
)
def test_what_the_text_does_not_tell_may_use_anything(text: str) -> None:
    assert areas(Formula(text), HERE) is None
    assert dependents(of(K5=text), changed("Z9")) == changed("K5")


def test_copied_formula_moves_what_has_no_dollar_sign() -> None:
    assert areas(Formula("$A1+A$1", rows=2, columns=1), HERE) == [Area(HERE, 3, 1, 3, 1), Area(HERE, 1, 2, 1, 2)]


def test_formulas_are_followed_through_others_and_no_further() -> None:
    formulas = of(K5="SUM(F5:J5)", L5="K5/2", M5='IF(L5>3,"high","")', K6="SUM(F6:J6)")

    assert dependents(formulas, changed("G5")) == changed("K5", "L5", "M5")


def test_more_formulas_than_can_be_followed_all_depend(monkeypatch: pytest.MonkeyPatch) -> None:
    formulas = of(K5="SUM(F5:J5)", K6="1+1")
    assert dependents(formulas, changed("Z9")) == set()

    monkeypatch.setattr(subject, "MOST_FORMULAS", 1)
    assert dependents(formulas, changed("Z9")) == set(formulas)


def test_chain_that_is_too_deep_is_given_up_as_depending() -> None:
    chain = {(HERE, row, 1): Formula(f"A{row - 1}") for row in range(2, subject.DEEPEST + 9)}

    assert dependents(chain, changed("A1")) == set(chain)
