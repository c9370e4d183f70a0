from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.scoring import MOST_PEOPLE
from reporting.workbook.numbers import Count, Number
from reporting.workbook.readings import Raw

COUNT = Count()


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (0, 0),
        (300, 300),
        (300.0, 300),
        (300.0000000001, 300),
        (299.9999999999, 300),
        ("300", 300),
        (" 300 ", 300),
        ("\u00a0300\u00a0", 300),
        ("007", 7),
        ("1,234", 1234),
        ("48,000,000", 48_000_000),
        (MOST_PEOPLE, MOST_PEOPLE),
        (None, None),
        ("   ", None),
    ],
)
def test_count_is_read(value: Any, number: int | None) -> None:
    reading = COUNT.read(Raw(value))

    assert not reading.failed
    assert reading.value == number
    assert type(reading.value) in (int, type(None))


def test_grouped_digits_are_read_with_a_note() -> None:
    remark = COUNT.read(Raw("1,234")).remark

    assert remark is not None
    assert remark.severity == "note"
    assert remark.found == "“1,234” is text; it was read as 1,234."


@pytest.mark.parametrize(
    ("value", "rule", "words"),
    [
        ("48 million", "not_a_number", "Write 48000000."),
        ("48M", "not_a_number", "Write 48000000."),
        ("1.2e6", "not_a_number", "Write 1200000."),
        ("1.5 thousand", "not_a_number", "Write 1500."),
        ("$300", "not_a_number", "Write 300."),
        ("~300", "not_a_number", "Write 300."),
        ("300*", "not_a_number", "Write 300."),
        ("300 (est.)", "not_a_number", "Write 300."),
        ("'300", "not_a_number", "Write 300."),
        ("1 234", "not_a_number", "Write 1234."),
        ("1_000", "not_a_number", "Write 1000."),
        ("300.0", "not_a_number", "Write 300."),
        ("17%", "percent", "number of people"),
        ("<10", "not_a_number", "Write the exact number."),
        ("fewer than 10", "not_a_number", "Write the exact number."),
        ("300+", "not_a_number", "Write the exact number."),
        ("-0", "not_a_number", "Write 0."),
        ("approx 1774363", "not_a_number", "Write 1774363."),
        ("ca. 249586", "not_a_number", "Write 249586."),
        ("249586 people", "not_a_number", "Write 249586."),
        ("48 million customers", "not_a_number", "Write 48000000."),
        ("9,999,999,999,999,999", "too_large", "number of digits"),
        ("100;200", "not_a_number", "one number per cell"),
        ("100\n200", "not_a_number", "one number per cell"),
        ("1,23,456", "not_a_number", "Write digits only"),
        ("1.234,5", "not_a_number", "Write digits only"),
        ("(5)", "too_small", "Write 0 or more."),
        ("−5", "too_small", "Write 0 or more."),
        ("0x1F", "not_a_number", "Write digits only"),
        ("3OO", "not_a_number", "Write 300."),
        ("5²", "not_a_number", "Write digits only"),
        ("½", "not_a_number", "Write digits only"),
        ("Ⅻ", "not_a_number", "Write digits only"),
        ("３００", "not_a_number", "Write 300."),
        ("٣٠٠", "not_a_number", "Write 300."),
        ("1" * 16, "too_large", "number of digits"),
        ("N/A", "not_a_number", "Leave the cell blank if the number is unknown."),
        ("-", "not_a_number", "Leave the cell blank if the number is unknown."),
        ("none", "not_a_number", "Leave the cell blank if the number is unknown."),
        (True, "not_a_number", "Write a number."),
        ("TRUE", "not_a_number", "Write digits only"),
        ("1/2", "not_a_number", "one number per cell"),
        ("100–200", "not_a_number", "one number per cell"),
        ("1.234.567", "not_a_number", "Write 1234567."),
        ("3\u200b00", "not_a_number", "Write 300."),
        ("\u200f300", "not_a_number", "Write 300."),
        ("\ufeff300", "not_a_number", "Write 300."),
        ("300_x0007_", "not_a_number", "Type the number again."),
        ("17 percent", "percent", "number of people"),
        (4.35, "not_whole", "no decimals"),
        (-5, "too_small", "Write 0 or more."),
        (300.5, "not_whole", "no decimals"),
        (MOST_PEOPLE + 1, "too_large", "number of digits"),
        (2**64, "too_large", "number of digits"),
        (1e300, "too_large", "number of digits"),
        (float("inf"), "too_large", "whole number"),
        (float("nan"), "too_large", "whole number"),
    ],
)
def test_odd_count_is_refused_with_what_to_write(value: Any, rule: str, words: str) -> None:
    reading = COUNT.read(Raw(value))

    assert reading.failed
    assert reading.value is None
    assert reading.remark is not None
    assert reading.remark.rule == rule
    assert words in reading.remark.fix
    assert len(reading.remark.found) < 200


@pytest.mark.parametrize(
    ("raw", "suggestion"),
    [
        (Raw("48 million"), "48000000"),
        (Raw("３００"), "300"),
        (Raw("3OO"), "300"),
        (Raw(300, serial=300.0, as_date="1900-10-26"), "300"),
        (Raw(1e300), ""),
        (Raw("20 billion"), ""),
        (Raw("<10"), ""),
        (Raw("5²"), ""),
        (Raw("17%"), ""),
        (Raw(0.5, serial=0.5, as_date="12:00:00"), ""),
    ],
)
def test_value_that_is_meant_is_suggested_exactly(raw: Raw, suggestion: str) -> None:
    remark = COUNT.read(raw).remark

    assert remark is not None
    assert remark.suggestion == suggestion


def test_what_cannot_be_seen_is_named() -> None:
    remark = COUNT.read(Raw("300\u200b")).remark

    assert remark is not None
    assert remark.found == "“300\u200b” holds a character that cannot be seen, U+200B."


@pytest.mark.parametrize(("value", "words"), [(4.35, "It looks like a mean."), (0.17, "It looks like a share.")])
def test_fraction_is_told_what_it_looks_like(value: float, words: str) -> None:
    remark = COUNT.read(Raw(value)).remark

    assert remark is not None
    assert words in remark.found


def test_percent_format_is_named_with_what_the_cell_shows() -> None:
    remark = COUNT.read(Raw(0.17, is_percent=True)).remark

    assert remark is not None
    assert remark.found == "The cell shows 17%, a percentage."


def test_date_format_is_named_with_the_number_behind_it() -> None:
    remark = COUNT.read(Raw(300, serial=300.0, as_date="1900-10-26")).remark

    assert remark is not None
    assert "shows 1900-10-26; the number behind it is 300." in remark.found
    assert "write 300" in remark.fix


def test_excel_error_is_an_error_of_its_own() -> None:
    remark = COUNT.read(Raw("#DIV/0!", is_error=True)).remark

    assert remark is not None
    assert (remark.rule, remark.found) == ("excel_error", "The cell has an Excel error, #DIV/0!.")


def test_formula_without_result_is_not_called_blank() -> None:
    remark = COUNT.read(Raw(None, is_formula=True)).remark

    assert remark is not None
    assert remark.rule == "formula_without_result"


@given(st.integers(0, MOST_PEOPLE))
def test_every_count_reads_the_same_however_it_is_stored(number: int) -> None:
    spellings = [number, float(number), str(number), f" {number}\u00a0", f"{number:,}"]

    assert [COUNT.read(Raw(value)).value for value in spellings] == [number] * 5


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.none()))
def test_anything_is_a_count_in_range_or_a_sentence(value: Any) -> None:
    reading = COUNT.read(Raw(value))

    if reading.failed:
        assert reading.remark is not None
        assert reading.remark.found.endswith(".")
        assert reading.remark.fix.endswith(".")
    elif reading.value is not None:
        assert type(reading.value) is int
        assert 0 <= reading.value <= MOST_PEOPLE


@given(st.text(alphabet="0123456789٠١²½Ⅻ０１.,-eE+_% "))
def test_text_is_a_count_only_as_plain_digits_or_correct_groups(text: str) -> None:
    value = COUNT.read(Raw(text)).value

    if value is not None:
        digits = text.strip().replace(",", "")
        assert digits.isascii()
        assert digits.isdigit()
        assert "," not in text or text.strip() == f"{value:,}" or text.strip().startswith("0")


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (48, "48"),
        (83.5, "83.5"),
        ("83.5", "83.5"),
        ("1,234.25", "1234.25"),
        (-2, "-2"),
        (0.1, "0.1"),
        (1e6, "1000000"),
    ],
)
def test_figure_is_read_exactly(value: Any, number: str) -> None:
    assert Number().read(Raw(value)).value == Decimal(number)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (Raw("48 million"), "Write 48000000 here"),
        (Raw(0.17, is_percent=True), "write 17 and “percent” under Unit."),
        (Raw(1 / 3), "Write 0.3333."),
        (Raw(10**17), "million"),
        (Raw("about five"), "Write digits only"),
        (Raw("83%"), "Write 83 here and “percent” under Unit."),
        (Raw("12 minutes"), "Write 12 here and “minutes” under Unit."),
        (Raw("4.5 days"), "Write 4.5 here and “days” under Unit."),
        (Raw("12 TBD"), "Write digits only"),
        (Raw("99999999999999999"), "Write fewer than 17 digits"),
        (Raw(False), "Write a number."),
        (Raw(300, serial=300.0), "write 300."),
    ],
)
def test_odd_figure_is_refused_with_what_to_write(raw: Raw, words: str) -> None:
    reading = Number(has_unit=True).read(raw)

    assert reading.failed
    assert reading.remark is not None
    assert words in reading.remark.fix


def test_figure_below_its_least_is_refused() -> None:
    assert Number(least=Decimal(0)).read(Raw(-1)).failed


@pytest.mark.parametrize("typed", ["9" * 16, "9" * 5000])
def test_text_of_many_digits_is_too_large_and_not_undigital(typed: str) -> None:
    remark = COUNT.read(Raw(typed)).remark

    assert remark is not None
    assert remark.found.endswith("is more than 10,000,000,000.")


def test_zeros_in_front_do_not_make_a_number_large() -> None:
    assert COUNT.read(Raw("0" * 5000 + "7")).value == 7


@pytest.mark.parametrize("typed", ["-0", -0.0, "-0.0"])
def test_figure_of_minus_zero_is_zero(typed: str | float) -> None:
    assert str(Number().read(Raw(typed)).value) == "0"


def test_figure_without_a_unit_beside_it_is_not_told_to_write_one() -> None:
    remark = Number().read(Raw("83%")).remark

    assert remark is not None
    assert (remark.fix, remark.suggestion) == ("Write 83 here.", "83")
