"""What reporters fill in."""

from hashlib import sha256
from typing import Any

from django import forms

from reporting.models import Finding, Submission
from reporting.workbook.rules.fillers import says_nothing
from reporting.workbook.rules.public import PUBLIC


class UploadForm(forms.Form):
    """One Excel file. Its content is checked by reporting.intake, not here."""

    workbook = forms.FileField(
        label="Your filled workbook",
        allow_empty_file=True,
        error_messages={
            "required": "Choose the workbook you filled in, then select “Check this file”.",
            "invalid": "Choose the workbook you filled in, then select “Check this file”.",
        },
    )


_TOO_LONG = "This has more than 2,000 characters. Shorten it."
_UNREADABLE = "This holds a character that cannot be kept. Type the sentence again."
_PREFIX = "explanation_"


def field_name(finding: Finding) -> str:
    """The same for the same finding in a newer file, so that what was typed beside the older one is kept."""
    told = "\0".join((finding.rule, finding.sheet, finding.cell, finding.found))
    return _PREFIX + sha256(told.encode()).hexdigest()[:16]


def _refuse_fillers(text: str) -> None:
    if says_nothing(text):
        raise forms.ValidationError(f"“{text.strip()}” does not say why. Please explain this in a sentence.")


def sentence(label: str, *, required: str, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[_refuse_fillers],
        error_messages={"required": required, "max_length": _TOO_LONG, "null_characters_not_allowed": _UNREADABLE},
        **options,
    )


class SubmitForm(forms.Form):
    """The reporter's explanations, one field per finding that needs one, and what changed since the last revision."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, submission: Submission, findings: list[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["lock_version"] = submission.lock_version
        self.explained = [(finding, field_name(finding)) for finding in findings]
        for finding, name in self.explained:
            self.fields[name] = sentence(
                "Your explanation",
                required="Please explain this in a sentence.",
                help_text="The public will read your words beside the survey." if finding.rule in PUBLIC else "",
                initial=finding.explanation,
            )
        if submission.revision > 1:
            corrects = submission.hisp.submissions.published().filter(quarter=submission.quarter).exists()
            self.fields["revision_note"] = sentence(
                "What changed since the last revision?",
                required="Please say in a sentence what changed.",
                help_text="This corrects published figures, so the public will see your words." if corrects else "",
                initial=submission.revision_note,
            )
        if self.is_bound:  # a finding that her page did not show keeps the words it has
            self.data = {
                **{name: finding.explanation for finding, name in self.explained},
                **{name: self.data[name] for name in self.data},
            }

    def faults(self) -> list[tuple[str, str, str]]:
        """For the summary: id of the field, what it is about, and what is wrong with it."""
        about = {name: f"{finding.sheet}!{finding.cell}" if finding.cell else "" for finding, name in self.explained}
        return [(each.id_for_label, about.get(each.name, ""), str(each.errors[0])) for each in self if each.errors]

    def without_a_place(self) -> list[str]:
        """What was typed beside findings that are no longer there."""
        if not self.is_bound:
            return []
        beside = {name: words for name, words in self.data.items() if name.startswith(_PREFIX)}
        return [words for name, words in beside.items() if name not in self.fields and words.strip()]

    def finding_fields(self) -> list[tuple[Finding, forms.BoundField]]:
        return [(finding, self[name]) for finding, name in self.explained]

    def explanations(self) -> dict[int, str]:
        return {finding.pk: self.cleaned_data[name] for finding, name in self.explained}


class CommentForm(forms.Form):
    text = forms.CharField(
        label="Your comment",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write a comment first."},
    )
