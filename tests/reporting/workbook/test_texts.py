import pytest

from reporting.workbook.texts import cleaned, control_number, is_placeholder, key


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  two words \u00a0", "two words"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a_x000D_\nb", "a\nb"),
        ("nul_x0000_ here", "nul here"),
        ("party _xD83C__xDF89_", "party 🎉"),
        ("half _xD83C_ a pair", "half  a pair"),
        ("one\u2028two", "one\ntwo"),
        ("bell\x07 tab\tstays", "bell tab\tstays"),
        ("\u202eturned", "turned"),
        ("lone \ud800", "lone"),
        ("\u200b\u200d", ""),
        ("Café ‘quoted’ 👩‍⚕️", "Café ‘quoted’ 👩‍⚕️"),
    ],
)
def test_text_is_kept_without_what_nobody_types_on_purpose(typed: str, kept: str) -> None:
    assert cleaned(typed) == kept


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2900-0770", "2900-0770"),
        ("2900-0770 ", "2900-0770"),
        ("#3090-0297", "3090-0297"),
        ("OMB Control N3090-0321umber", "3090-0321"),
        ("3245-0404  EXP 3/31/24", "3245-0404"),
        ("OMB Control Number  2535-0116", "2535-0116"),
        ("1652-0058\t\t\t", "1652-0058"),
        ("29000770", "2900-0770"),
        ("2900-0770, again 2900-0770", "2900-0770"),
        ("OMB Control Number", ""),
        ("2900-0770 or 3090-0297", ""),
        *(
            (f"2900{dash}0770", "2900-0770")
            for dash in "\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
        ),
        ("6900035", ""),
        ("12900-0770", ""),
        ("٢٩٠٠-٠٧٧٠", ""),
        ("", ""),
    ],
)
def test_control_number_is_found_in_what_was_typed(typed: str, number: str) -> None:
    assert control_number(typed) == number


@pytest.mark.parametrize("typed", ["", "  ", "NONE", "None.", "No Question", "n/a", "N.A.", "-", "—", "Not asked"])
def test_words_for_nothing_are_placeholders(typed: str) -> None:
    assert is_placeholder(typed)


@pytest.mark.parametrize("typed", ["None of this was easy.", "I was treated fairly.", "Na klar?", "X-ray was quick"])
def test_questions_are_no_placeholders(typed: str) -> None:
    assert not is_placeholder(typed)


def test_spelling_does_not_count_when_texts_are_compared() -> None:
    assert key("Veterans’ Health — Care.") == key("veterans' health  care")
