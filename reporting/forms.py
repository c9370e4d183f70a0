"""What reporters fill in."""

from typing import Any

from django import forms

from reporting.models import Finding, Submission
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


class SubmitForm(forms.Form):
    """The reporter's explanations, one field per finding that needs one, and what changed since the last revision."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, submission: Submission, findings: list[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["lock_version"] = submission.lock_version
        self.explained = [(finding, f"explanation_{finding.pk}") for finding in findings]
        for finding, name in self.explained:
            self.fields[name] = forms.CharField(
                label="Your explanation",
                help_text="The public will read your words beside the survey." if finding.rule in PUBLIC else "",
                initial=finding.explanation,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": "Please explain this in a sentence."},
            )
        if submission.revision > 1:
            corrects = submission.hisp.submissions.published().filter(quarter=submission.quarter).exists()
            self.fields["revision_note"] = forms.CharField(
                label="What changed since the last revision?",
                help_text="This corrects published figures, so the public will see your words." if corrects else "",
                initial=submission.revision_note,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": "Please say in a sentence what changed."},
            )

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
