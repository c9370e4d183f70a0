from dataclasses import replace
from decimal import Decimal

import pytest

from reporting.contents import Contents, Question, Survey
from reporting.history import compare
from reporting.scoring import Tally
from reporting.workbook.cells import Cell

SURVEY = Survey(
    "Service",
    "Form",
    channel="email",
    customers=10,
    control_number="1234-5678",
    questions=(Question("trust", "I trust it.", Tally(0, 0, 1, 1, 2)),),
)
CONTENTS = Contents(reflection="We learned.", surveys=(SURVEY,))


def changed(**fields: object) -> Contents:
    return replace(CONTENTS, surveys=(replace(SURVEY, **fields),))


@pytest.mark.parametrize(
    "fields",
    [
        {"service": "service "},
        {"service_provided": "FORM."},
        {"control_number_typed": "#1234-5678"},
        {"offered": 0},
        {"volume_notes": {"offered": "Nobody knows."}},
        {"questions": (*SURVEY.questions, Question("ease", no_data="not_asked"))},
    ],
)
def test_spelling_notes_and_unasked_questions_are_no_difference(fields: dict[str, object]):
    assert compare.differences(CONTENTS, changed(**fields)) == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"customers": 11}, "number of customers of Service: Form"),
        ({"transaction_point": "Letter"}, "transaction point of Service: Form"),
        ({"customers": None}, "number of customers of Service: Form"),
        ({"questions": (Question("trust", "I trust it.", Tally(0, 0, 1, 2, 2)),)}, "Trust of Service: Form"),
        ({"questions": (Question("trust", "I like it.", Tally(0, 0, 1, 1, 2)),)}, "Trust of Service: Form"),
        ({"questions": ()}, "Trust of Service: Form"),
        ({"omb_rating": "partly"}, "OMB’s rating of Service: Form"),
    ],
)
def test_difference_is_named(fields: dict[str, object], words: str):
    assert compare.differences(CONTENTS, changed(**fields)) == [words]


def test_survey_that_came_or_went_is_named():
    other = changed(channel="phone")
    assert compare.differences(CONTENTS, other) == ["Service: Form is no longer there", "Service: Form is new"]


def test_surveys_of_one_name_are_told_apart_by_their_transaction_points():
    before, after = (replace(SURVEY, transaction_point=point) for point in ("Before", "After"))
    both = Contents(surveys=(before, after))
    corrected = Contents(surveys=(before, replace(after, customers=11)))
    assert compare.differences(both, corrected) == ["number of customers of Service: Form"]


def test_order_of_surveys_is_no_difference():
    second = replace(SURVEY, service_provided="Letter")
    there, back = (SURVEY, second), (second, SURVEY)
    assert compare.differences(Contents(surveys=there), Contents(surveys=back)) == []


def test_reflection_alone_is_no_different_figure():
    rated = replace(changed(omb_rating="in_line"), reflection="Other words.")
    assert compare.differences(CONTENTS, rated) != []
    assert not compare.figures_differ(CONTENTS, rated)


def test_what_a_published_file_cannot_say_is_taken_from_before():
    before = replace(changed(scale="yes_no", conversion="Yes = 5", omb_rating="partly"), contact_name="Ann")
    after = Contents(surveys=(replace(SURVEY, customers=99),))
    completed = compare.completed(after, before)
    assert (completed.contact_name, completed.reflection) == ("Ann", "We learned.")
    assert (completed.surveys[0].scale, completed.surveys[0].omb_rating) == ("yes_no", "partly")
    assert completed.surveys[0].customers == 99


def test_where_it_was_read_is_where_it_was_read_now():
    line = Cell("", 2, "")
    read = replace(CONTENTS, places={"line": line}, surveys=(replace(SURVEY, places={"line": line}),))
    completed = compare.completed(read, CONTENTS)
    assert completed.places == completed.surveys[0].places == {"line": line}


def test_score_that_the_counts_give_is_no_problem():
    tally = Tally(0, 0, 0, 7, 1)  # 4.125: half up 4.13, half even 4.12
    question = Question("trust", "", tally, published_score=Decimal("4.13"))
    assert compare.score_problems(changed(questions=(question,))) == []


def test_score_that_the_counts_do_not_give_is_found():
    question = Question("trust", "", Tally(0, 0, 0, 7, 1), published_score=Decimal("4.12"))
    (problem,) = compare.score_problems(changed(questions=(question,)))
    assert problem.found == "OMB published 4.12; the counts give 4.13."
