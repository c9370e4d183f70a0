import pytest

from reporting.workbook import choices, spec
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
    assert remark.fix == "Choose one of these: “Mobile app”, “In person”."


def test_long_list_is_named_and_not_recited() -> None:
    remark = choices.CHANNEL.read(Raw("Carrier pigeon")).remark

    assert remark is not None
    assert remark.fix == "Choose an entry of the cell’s drop-down list; the sheet Definitions explains each."


@pytest.mark.parametrize(
    ("kind", "typed", "meant"),
    [
        (choices.ASKED, "N", "No"),
        (choices.ASKED, "y", "Yes"),
        (choices.ASKED, "not asked", "No"),
        (choices.ASKED, "N/A", "No"),
        (choices.YES_OR_NO, "N", "No"),
        (choices.YES_OR_NO, "not asked", ""),
        (choices.QUESTION, "Satisfied", "Satisfaction"),
        (choices.SCALE, "1-5", "Five-point"),
        (choices.SCALE, "1 to 10", "Ten-point"),
        (choices.CHANNEL, "web form", "Website"),
    ],
)
def test_other_name_of_an_entry_is_understood(kind: Choice, typed: str, meant: str) -> None:
    remark = kind.read(Raw(typed)).remark

    assert remark is not None
    assert remark.suggestion == meant


def test_survey_number_in_words_is_told_its_range() -> None:
    suggested, unknown = (spec.SURVEY_NUMBER.read(Raw(text)).remark for text in ("Survey 1", "first"))

    assert suggested is not None
    assert unknown is not None
    assert (suggested.fix, suggested.suggestion) == ("Write 1.", "1")
    assert unknown.fix == "Write the survey’s number alone, 1 to 80."


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


@pytest.mark.parametrize(
    "typed",
    [
        *("robin", "robin@", "robin@va", "robin @va.gov", "robin@@va.gov", "robin@va.gov@va.gov", "robin@.gov"),
        *("robin@va.gov.", "robin@va..gov", ".robin@va.gov", "robin.@va.gov", "ro..bin@va.gov", "mailto:robin@va.gov"),
        *("Robin <robin@va.gov>", "<robin@va.gov>", "robin@va.gov, pat@va.gov", "robin@va.gov;", '"Robin"@va.gov'),
    ],
)
def test_what_is_no_email_address_is_refused(typed: str) -> None:
    reading = Email().read(Raw(typed))

    assert reading.failed
    assert reading.remark is not None
    assert reading.remark.found == f"“{typed}” is not an e-mail address."


@pytest.mark.parametrize("typed", ["robin@va.gov.", "Robin <robin@va.gov>", "mailto:robin@va.gov"])
def test_the_one_address_among_other_words_is_suggested(typed: str) -> None:
    remark = Email().read(Raw(typed)).remark

    assert remark is not None
    assert remark.suggestion == "robin@va.gov"


@pytest.mark.parametrize("typed", ["robin@va.gov", "robin.o'neil+cx@mail.va.gov", "ROBIN_1@va-cx.example"])
def test_an_email_address_is_read(typed: str) -> None:
    assert Email().read(Raw(typed)).value == typed


def test_what_is_only_shown_is_never_read() -> None:
    assert Shown().read(Raw("anything")).value is None
