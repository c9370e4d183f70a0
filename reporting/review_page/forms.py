"""What each step of the review desk asks for before it is taken."""

from typing import Any

from django import forms

from reporting.indicator import OF_SUBMITTED, WORDS


def _reason(label: str, readers: str, why: str) -> forms.CharField:
    """`readers`: who will read it; `why`: what is said when it is missing."""
    return forms.CharField(
        label=label,
        help_text=readers,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": why},
    )


class StepForm(forms.Form):
    """`lock_version`: the state of things that the person saw when she decided; `seen`: the last event she saw."""

    lock_version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": "Open the submission again, then decide."}
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason: Any = None

    def words(self) -> dict[str, str]:
        return {}

    @property
    def typed(self) -> str:
        """The reason as it was sent, whatever became of the form."""
        return (self.data.get("reason") or "").strip() if self.is_bound else ""


class ReturnForm(StepForm):
    reason = _reason(
        "What needs to change?",
        "The reporter sees your words.",
        "Please say what needs to change: the reporter will see your words.",
    )

    def words(self) -> dict[str, str]:
        return {"reason": self.cleaned_data["reason"]}


class WithdrawForm(ReturnForm):
    reason = _reason(
        "Why are the figures withdrawn?",
        "Everybody sees your words, in place of the figures.",
        "Please say why the figures are withdrawn: the public will see your words.",
    )


class CorrectionForm(ReturnForm):
    reason = _reason(
        "What needs to be corrected?",
        "The reporters see your words, the public does not.",
        "Please say what needs to be corrected: the reporters will see your words.",
    )


class TakeBackForm(ReturnForm):
    reason = _reason(
        "Why is no correction needed?",
        "The reporters see your words, the public does not.",
        "Please say why no correction is needed: the reporters will see your words.",
    )


class IndicatorForm(StepForm):
    indicator = forms.ChoiceField(
        label="Indicator",
        choices=[("", "Choose one"), *((color, WORDS[color]) for color in OF_SUBMITTED)],
        error_messages={"required": "Please choose an indicator."},
    )
    reason = _reason(
        "Why?",
        "Everybody sees your words, in place of the computed reasons.",
        "Please say why: the public will see your words.",
    )

    def words(self) -> dict[str, str]:
        return {field: self.cleaned_data[field] for field in ("indicator", "reason")}
