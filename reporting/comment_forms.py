"""What people say about a submission or about one cell of it."""

from collections.abc import Iterator
from typing import Any

from django import forms

from reporting import comments
from reporting.forms import CommentForm
from reporting.models import DomainResult, Submission
from reporting.workbook import spec
from reporting.workbook.cells import Cell
from reporting.workbook.places import number_of
from reporting.workbook.scan import column_letters

_LONGEST = 60
_LAST_CELL = f"{column_letters(spec.LAST_COLUMN)}{spec.LAST_ROW}"


class CellCommentForm(CommentForm):
    """`on`: the submission, which may have figures on sheets of its own and threads of old."""

    cell = forms.CharField(
        label="About which cell?",
        help_text="Such as Responses!H14. Leave it blank for the whole submission.",
        max_length=_LONGEST,
        required=False,
        error_messages={"max_length": "Write one cell, such as Responses!H14."},
    )

    def __init__(self, *args: Any, on: Submission | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_cell(self) -> str:
        """As the workbook has it; figures of published files stood in lines. A thread that exists goes on."""
        text: str = self.cleaned_data["cell"]
        if not text or text.startswith("line ") or self._is_thread(text):
            return text
        sheets = list(dict.fromkeys(self._sheets()))
        sheet, _, address = text.rpartition("!")
        name = {each.casefold(): each for each in sheets}.get(sheet.strip().casefold(), "")
        cell = Cell.parse(f"{name}!{address.strip().upper()}")
        if cell is None or not _is_in_the_form(cell):
            raise forms.ValidationError(
                f"There is no cell “{text}” in the form. Write a sheet ({', '.join(sheets[:-1])} or {sheets[-1]}), an "
                f"exclamation mark and a cell from A1 to {_LAST_CELL}, such as Responses!H14."
            )
        return str(cell)

    def _is_thread(self, text: str) -> bool:
        return self.on is not None and comments.about(self.on).filter(cell=text).exists()

    def _sheets(self) -> Iterator[str]:
        """Those of the template, and those that a workbook named otherwise."""
        yield from (sheet.name for sheet in spec.INPUT_SHEETS)
        if self.on is not None:
            figures = DomainResult.objects.filter(report__submission=self.on)
            cells = {*self.on.reports.values_list("source", flat=True), *figures.values_list("source", flat=True)}
            yield from sorted({cell.sheet for cell in map(Cell.parse, cells) if cell})
            yield from self.on.findings.exclude(sheet="").order_by("sheet").values_list("sheet", flat=True).distinct()


def _is_in_the_form(cell: Cell) -> bool:
    return cell.row <= spec.LAST_ROW and number_of(cell.column) <= spec.LAST_COLUMN


def about(cell: str) -> CellCommentForm:
    """An empty form about the cell that an address named."""
    return CellCommentForm(initial={"cell": cell[:_LONGEST]})
