"""What people say about a submission or about one cell of it."""

from django import forms

from reporting.forms import CommentForm
from reporting.workbook.cells import Cell

_LONGEST = 60


class CellCommentForm(CommentForm):
    cell = forms.CharField(
        label="About which cell?",
        help_text="Such as Responses!H14. Leave it blank for the whole submission.",
        max_length=_LONGEST,
        required=False,
        error_messages={"max_length": "Write one cell, such as Responses!H14."},
    )

    def clean_cell(self) -> str:
        """As the workbook has it; figures of published files stood in lines."""
        text: str = self.cleaned_data["cell"]
        if not text or text.startswith("line ") or Cell.parse(text):
            return text
        sheet, _, address = text.rpartition("!")
        if sheet and Cell.parse(f"{sheet}!{address.upper()}"):
            return f"{sheet}!{address.upper()}"
        raise forms.ValidationError("Write the sheet, an exclamation mark and the cell, such as Responses!H14.")


def about(cell: str) -> CellCommentForm:
    """An empty form about the cell that an address named."""
    return CellCommentForm(initial={"cell": cell[:_LONGEST]})
