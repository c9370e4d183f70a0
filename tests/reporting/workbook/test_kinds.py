import pytest

from reporting.workbook.kinds import YES_NO, Choice, Email, Shown, Text
from reporting.workbook.readings import Raw

CHANNEL = Choice(options=(("Mobile app", "mobile_app"), ("In person", "in_person")))


@pytest.mark.parametrize("typed", ["Mobile app", "mobile APP ", "mobile_app", "Mobile-App", "\u00a0Mobile  app"])
def test_choice_is_read_in_any_spelling(typed: str) -> None:
    assert CHANNEL.read(Raw(typed)).value == "mobile_app"


def test_unknown_choice_names_the_list() -> None:
    remark = CHANNEL.read(Raw("Mixed")).remark

    assert remark is not None
    assert remark.found == "“Mixed” is not in the list."
    assert remark.fix == "Choose one of these: Mobile app, In person."


@pytest.mark.parametrize(("value", "meant"), [("Yes", True), ("no", False), (True, True), (False, False)])
def test_yes_and_no_are_read_as_words_and_as_excel_writes_them(value: object, meant: bool) -> None:
    assert Choice(options=YES_NO).read(Raw(value)).value is meant


def test_text_keeps_its_line_breaks() -> None:
    assert Text().read(Raw(" one\r\ntwo ")).value == "one\ntwo"


def test_number_in_a_text_cell_is_text_without_needless_decimals() -> None:
    assert Text().read(Raw(2.0)).value == "2"


def test_long_text_is_refused_with_both_lengths() -> None:
    remark = Text(most=5000).read(Raw("a" * 5001)).remark

    assert remark is not None
    assert (remark.found, remark.fix) == ("The text has 5,001 characters.", "Shorten it to 5,000 characters or fewer.")


@pytest.mark.parametrize("typed", ["robin", "robin@", "robin@va", "robin @va.gov"])
def test_what_is_no_email_address_is_refused(typed: str) -> None:
    assert Email().read(Raw(typed)).failed


def test_what_is_only_shown_is_never_read() -> None:
    assert Shown().read(Raw("anything")).value is None
