from dataclasses import replace
from decimal import Decimal

import pytest

from reporting.contents import Contents, Index, Metric, Question, Survey
from reporting.differences import changes, pairs
from reporting.scoring import Tally

TRUST = Question("trust", "I trust it.", Tally(0, 0, 1, 1, 2))
SURVEY = Survey("Service", "Form", "Counter", channel="email", customers=10, offered=5, questions=(TRUST,))
CONTENTS = Contents(reflection="We learned.", surveys=(SURVEY,), metrics=(Metric("Calls", Decimal(3)),))


def changed(**fields: object) -> Contents:
    return replace(CONTENTS, surveys=(replace(SURVEY, **fields),))


def told(after: Contents, before: Contents = CONTENTS) -> list[tuple[str, str, object, object]]:
    return [(each.of, each.name, each.before, each.after) for each in changes(before, after)]


def test_equal_contents_have_no_changes():
    assert changes(CONTENTS, replace(CONTENTS, reflection=" We  learned. ")) == []


@pytest.mark.parametrize(
    ("fields", "name", "before", "after"),
    [
        ({"customers": 0}, "Customers", 10, 0),
        ({"customers": None}, "Customers", 10, None),
        ({"transaction_point": "Letter"}, "Transaction point", "Counter", "Letter"),
        ({"channel": "phone", "service_provided": "Form"}, None, None, None),
        ({"scale": "yes_no"}, "Scale", "Five-point", "Yes/no"),
        ({"publishable": False}, "May be published", "Yes", "No"),
        ({"volume_notes": {"offered": "Lost."}}, "Why a volume is unknown", None, "Lost."),
        (
            {"questions": (replace(TRUST, wording="I like it."),)},
            "Trust, question as asked",
            "I trust it.",
            "I like it.",
        ),
        (
            {"questions": (replace(TRUST, tally=Tally(0, 0, 1, 1, 3)),)},
            "Trust, answers",
            TRUST.tally,
            Tally(0, 0, 1, 1, 3),
        ),
    ],
)
def test_change_has_its_place_and_both_values(fields, name, before, after):
    if name is not None:
        assert told(changed(**fields)) == [("Service: Form", name, before, after)]
    else:  # another channel is another survey
        assert [(each.went, each.came) for each in changes(CONTENTS, changed(**fields))] == [
            (True, False),
            (False, True),
        ]


def test_answers_that_are_gone_say_why():
    gone = changed(questions=(replace(TRUST, tally=None, no_data="no_answers"),))
    assert told(gone) == [("Service: Form", "Trust, answers", TRUST.tally, "Asked, but no answers were reported")]


def test_change_knows_its_survey_and_its_question():
    after = Contents(surveys=(replace(SURVEY, service_provided="Letter"), replace(SURVEY, offered=4)))
    found = changes(Contents(surveys=(SURVEY,)), after)
    assert [(each.field, each.survey, each.domain) for each in found] == [("whole", 0, ""), ("offered", 1, "")]
    asked = changes(CONTENTS, changed(questions=()))
    assert {each.domain for each in asked} == {"trust"}


def test_metrics_and_index_scores_are_compared_by_name():
    after = replace(CONTENTS, metrics=(Metric("Calls", Decimal(4)),), indexes=(Index("ForeSee", Decimal(83)),))
    assert told(after) == [
        ("Metric: Calls", "Value", Decimal(3), Decimal(4)),
        ("ForeSee", "Index", None, "ForeSee"),
    ]


def test_twins_are_told_apart_by_their_transaction_points():
    twin = replace(SURVEY, transaction_point="Letter")
    assert pairs((SURVEY, twin), (twin, SURVEY)) == [(twin, twin), (SURVEY, SURVEY)]
    assert pairs((SURVEY, twin), (SURVEY,)) == [(twin, None), (SURVEY, SURVEY)]


def test_one_that_stayed_is_found_although_its_transaction_point_was_reworded():
    reworded = replace(SURVEY, transaction_point="Desk")
    assert pairs((SURVEY,), (reworded,)) == [(SURVEY, reworded)]
