"""Which answers a later revision takes from an earlier one. Rows are as `rows.reports` gives them."""

from typing import Any

import pytest

from dashboards import withheld


def row(pk: int, revision: int, *, publishable: bool = True, **different: Any) -> dict[str, Any]:
    place = {"submission__hisp__slug": "va-vha", "submission__quarter": 1, "submission__revision": revision}
    survey = {"service__slug": "care", "touchpoint": 1, "channel": "email"}
    return {"pk": pk, "submission": revision, "publishable": publishable, **place, **survey, **different}


def test_survey_that_a_later_revision_withholds_is_hidden_before():
    assert withheld.later([row(1, 1), row(2, 2, publishable=False)]) == {1}


def test_survey_that_a_later_revision_allows_again_stays_hidden_before():
    assert withheld.later([row(1, 1), row(2, 2, publishable=False), row(3, 3)]) == {1}


def test_earlier_revision_takes_nothing_from_a_later_one():
    assert withheld.later([row(1, 1, publishable=False), row(2, 2)]) == set()


def test_survey_that_the_later_revision_does_not_name_may_be_the_one_it_withholds():
    assert withheld.later([row(1, 1, touchpoint=7), row(2, 2, publishable=False)]) == {1}


def test_survey_that_the_later_revision_names_beside_is_another_one():
    named = row(3, 2, touchpoint=7)
    assert withheld.later([row(1, 1, touchpoint=7), row(2, 2, publishable=False), named]) == set()


@pytest.mark.parametrize(
    "other", [{"service__slug": "visits"}, {"submission__hisp__slug": "ssa-oo"}, {"submission__quarter": 2}]
)
def test_what_is_withheld_elsewhere_takes_nothing(other):
    assert withheld.later([row(1, 1), row(2, 2, publishable=False, **other)]) == set()
