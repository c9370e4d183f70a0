"""What is still talked about, counted where submissions are listed."""

import pytest

from reporting import comments, open_comments
from reporting.models import Submission
from tests import factories, people

pytestmark = pytest.mark.django_db


def test_counted_are_open_threads_of_all_revisions_not_what_was_said_in_them():
    returned = factories.submission("va-vha", state="returned")
    again = factories.submission(returned.hisp, returned.quarter, state="submitted", revision=2, revision_note="Once.")
    reviewer, reporter = people.reviewer(), people.reporter(returned.hisp)
    for text, cell in (("Right?", "Responses!F5"), ("Sure?", ""), ("Old.", "Responses!F6")):
        last = comments.say(returned, by=reviewer, text=text, cell=cell)
    comments.settle(last, by=reviewer)
    comments.say(again, by=reporter, text="Yes.", cell="Responses!F5")
    other = factories.submission("ssa-oo", state="submitted")
    counted = Submission.objects.annotate(number=open_comments.count()).values_list("pk", "number")
    assert dict(counted) == {returned.pk: 2, again.pk: 2, other.pk: 0}
    assert len(comments.of(again).open) == 2
