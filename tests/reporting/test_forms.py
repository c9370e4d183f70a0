import pytest

from reporting.forms import SubmitForm
from tests import factories

pytestmark = pytest.mark.django_db


def hint(rule: str) -> str:
    draft = factories.submission(state="draft")
    finding = draft.findings.create(rule=rule, severity="explain", found="These look like percentages.")
    [(_, field)] = SubmitForm(submission=draft, findings=[finding]).finding_fields()
    return field.help_text


def test_reporter_is_told_where_the_public_will_read_her_explanation():
    assert "The public will read your words" in hint("percentages_as_counts")


def test_explanation_that_stays_with_omb_carries_no_such_hint():
    assert hint("volume_missing") == ""
