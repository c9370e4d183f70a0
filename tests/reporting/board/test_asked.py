"""What an address asks of the board, and what it asks in vain."""

import pytest

from reporting.board.asked import Asked, read


def test_an_address_without_a_question_asks_for_everybody_in_the_usual_order():
    assert read({}) == Asked("", "", "turn", 1)
    assert read({}).address() == "?"


def test_an_address_is_read_and_made_again():
    asked = read({"show": "overdue", "q": "  health   care ", "sort": "-due", "p": "2"})
    assert asked == Asked("overdue", "health care", "-due", 2)
    assert asked.address(page=2) == "?show=overdue&q=health+care&sort=-due&p=2"


def test_another_filter_or_order_begins_at_the_first_page():
    asked = read({"show": "overdue", "p": "3"})
    assert asked.address(sort="name") == "?show=overdue&sort=name"
    assert asked.address(show="draft") == "?show=draft"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"show": "everything"}, "There is no filter “everything”, so every HISP is listed."),
        ({"sort": "color"}, "The list cannot be sorted by “color”, so it is in its usual order."),
        ({"sort": "--name"}, "The list cannot be sorted by “--name”, so it is in its usual order."),
        ({"p": "0"}, "There is no page “0”, so this is the first."),
        ({"p": "²"}, "There is no page “²”, so this is the first."),
        ({"p": "-1"}, "There is no page “-1”, so this is the first."),
        ({"show": "x" * 500}, f"There is no filter “{'x' * 40}…”, so every HISP is listed."),
    ],
)
def test_what_is_asked_in_vain_is_said_and_passed_over(query, sentence):
    asked = read(query)
    assert asked.in_vain == (sentence,)
    assert asked == Asked()


def test_a_search_is_cut_to_a_length_that_people_type():
    assert len(read({"q": "x" * 5000}).words) == 100
