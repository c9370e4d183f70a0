import pytest

from reporting.forms import SubmitForm, field_name
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


@pytest.mark.parametrize("filler", ["x", "n/a", "TBD", "-"])
def test_a_filler_explains_nothing(filler):
    draft = factories.submission(state="draft")
    finding = draft.findings.create(rule="jump", severity="explain", found="Twice as many.")
    form = SubmitForm({field_name(finding): filler, "lock_version": 0}, submission=draft, findings=[finding])
    assert form.errors[field_name(finding)] == [f"“{filler}” does not say why. Please explain this in a sentence."]
