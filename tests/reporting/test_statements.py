import pytest

from reporting.statements import compared


@pytest.mark.parametrize(
    ("domain", "asked"),
    [
        ("satisfaction", "I am satisfied with the service I received from the Passport Office."),
        ("trust", "This interaction increased my trust in VA"),
        ("effectiveness", "my issue was RESOLVED"),
        ("transparency", "I was treated fairly."),
    ],
)
def test_official_statement_is_known_in_any_spelling_and_with_any_name(domain, asked):
    assert compared(domain, asked).is_official


def test_words_that_differ_are_told_on_both_sides():
    wording = compared("ease", "It was easy to find what I needed.")
    assert [piece.text for piece in wording.official if piece.differs] == ["complete", "to do."]
    assert [piece.text for piece in wording.asked if piece.differs] == ["find"]
    assert " ".join(piece.text for piece in wording.asked) == "It was easy to find what I needed."


def test_agencys_own_question_and_blank_wording_are_not_compared():
    assert compared("extra_1", "Did you park well?") is None
    assert compared("ease", " ") is None


def test_text_too_long_for_a_wording_differs_as_a_whole():
    wording = compared("ease", "word " * 5000)
    assert not wording.is_official
    assert len(wording.asked) == 1
