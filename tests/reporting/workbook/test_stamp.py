from dataclasses import replace

import pytest

from reporting.fiscal import FiscalQuarter
from reporting.workbook.stamp import Stamp, other_hisp

STAMP = Stamp("1", "va-vha", FiscalQuarter(2021, 3), "4f1d22").sign("secret")


def test_signed_stamp_is_genuine_for_its_secret_only() -> None:
    assert STAMP.is_genuine("secret")
    assert not STAMP.is_genuine("another")


@pytest.mark.parametrize(
    "change",
    [
        {"hisp": "ssa-oo"},
        {"quarter": FiscalQuarter(2021, 4)},
        {"version": "2"},
        {"issue_id": "other"},
        {"signature": ""},
    ],
)
def test_changed_stamp_is_not_genuine(change: dict[str, object]) -> None:
    assert not replace(STAMP, **change).is_genuine("secret")  # type: ignore[arg-type]


def test_stamp_survives_as_text() -> None:
    assert Stamp.parse(STAMP.text) == STAMP


@pytest.mark.parametrize("text", ["", "?", "1|va-vha|2021-q3|x", "1|va-vha|2021-q9|x|y", "a|b|c|d|e|f"])
def test_what_is_no_stamp_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Stamp.parse(text)


def test_stamp_with_foreign_letters_is_not_genuine_and_does_not_break() -> None:
    assert not replace(STAMP, signature="é" * 64).is_genuine("secret")


def test_template_of_another_hisp_is_told_what_this_reporter_can_do_first() -> None:
    fix = other_hisp("U.S. Citizenship and Immigration Services", "Veterans Health Administration").fix

    assert fix.startswith("Download the template of Veterans Health Administration, copy your figures into it")
    assert fix.endswith("somebody who reports for U.S. Citizenship and Immigration Services.")
