"""Long texts are told where they differ."""

from reporting.workbook.excerpts import AROUND, MOST, Part, parts

STORY = " ".join(f"word{n}" for n in range(400))


def test_short_texts_are_told_whole() -> None:
    assert parts("900007", "") == (Part("", "900007"), Part("", ""))


def test_changed_word_in_a_long_text_stands_between_a_little_of_what_is_the_same() -> None:
    before, after = parts(STORY, STORY.replace("word200", "another"))

    assert (before.differs, after.differs) == (" word200", " another")
    assert before.start == after.start
    assert before.end == after.end
    assert before.start.endswith("word198 word199")
    assert before.end.startswith(" word201 word202")
    assert before.start.startswith("…word")
    assert AROUND - 10 < len(before.start) <= AROUND
    assert AROUND - 10 < len(before.end) <= AROUND


def test_words_that_came_are_nothing_before() -> None:
    before, after = parts(STORY, f"{STORY}\nAnd more.")

    assert (before.differs, after.differs, after.end) == ("", "\nAnd more.", "")


def test_repeated_word_is_not_told_twice() -> None:
    before, after = parts("very " * 30, "very " * 31)

    assert (before.differs, after.differs) == ("", " very")


def test_texts_with_nothing_in_common_are_told_from_the_beginning() -> None:
    before, after = parts("x" * 5000, "yes")

    assert (before.start, before.end, after) == ("", "", Part("", "yes"))
    assert len(before.differs) == MOST + 1
