"""What the administrator is asked before a step with a quarter is taken."""

from typing import Any

from django import forms

from reporting.fiscal import FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR, FiscalQuarter


class OpenForm(forms.Form):
    fiscal_year = forms.IntegerField(min_value=FIRST_FISCAL_YEAR, max_value=LAST_FISCAL_YEAR)
    number = forms.TypedChoiceField(label="Quarter", coerce=int, choices=[(n, f"Q{n}") for n in (1, 2, 3, 4)])

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        if {"fiscal_year", "number"} <= asked.keys():
            asked["fiscal"] = FiscalQuarter(asked["fiscal_year"], asked["number"])
        return asked


class ReasonForm(forms.Form):
    reason = forms.CharField(
        max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "Please give a reason."}
    )


class ExtendForm(ReasonForm):
    to = forms.DateField(
        label="New due day",
        help_text="Until the end of this day, US Eastern.",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Please choose the new due day.", "invalid": "Write the day like 2024-04-30."},
    )
    field_order = ["to", "reason"]
