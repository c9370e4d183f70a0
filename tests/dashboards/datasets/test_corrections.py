import pytest

from reporting.models import Submission
from tests.dashboards.downloads import objects
from tests.factories import published_submission, submission, survey

pytestmark = pytest.mark.django_db
State = Submission.State


def test_replaced_revision_is_a_row_with_what_changed_and_why():
    submission(state=State.SUPERSEDED, surveys=[survey(trust=(1, 2, 3, 4, 5))])
    corrected = {"revision": 2, "revision_note": "-", "public_note": "Counted once."}
    published_submission(surveys=[survey(trust=(1, 2, 3, 4, 6), offered=1_999)], **corrected)
    [one] = objects("/data/corrections.json")
    assert (one["kind"], one["revision"], one["replaced_by"]) == ("corrected", 1, 2)
    assert (one["changed"], one["note"]) == (2, "Counted once.")
    assert (one["published_on"], one["ended_on"], one["ended_in"]) == ("2021-05-01", "2021-05-02", 1)


def test_withdrawn_revision_is_a_row_without_a_count_of_what_is_not_shown():
    submission(state=State.WITHDRAWN, surveys=[survey(trust=(1, 2, 3, 4, 5))])
    [one] = objects("/data/corrections.json")
    assert (one["kind"], one["replaced_by"], one["changed"]) == ("withdrawn", None, None)
    assert one["note"] == "The figures were counted twice."


def test_what_stands_or_is_in_work_is_no_row():
    published_submission()
    submission("ssa-oo", state=State.RETURNED)
    assert objects("/data/corrections.json") == []


def test_rows_narrow_to_a_quarter_and_a_hisp():
    for hisp in ("va-vha", "ssa-oo"):
        for quarter in ("2021-q1", "2021-q2"):
            submission(hisp, quarter, state=State.WITHDRAWN)
    [one] = objects("/data/corrections.json?quarter=2021-q1&hisp=ssa-oo")
    assert (one["fiscal_quarter"], one["hisp"]) == (1, "ssa-oo")
    assert len(objects("/data/corrections.json?fiscal_year=2021")) == 4
