"""Writes what lives in the template: formulas row by row, and colors that follow what is typed."""

from openpyxl.formatting.rule import FormulaRule
from openpyxl.worksheet.worksheet import Worksheet

from reporting.workbook import formulas, looks, spec
from reporting.workbook.formulas import Extent, letters


def touchpoints(sheet: Worksheet, extent: Extent) -> None:
    for row in extent.rows(spec.TOUCHPOINTS):
        _write(sheet, row, spec.TOUCHPOINTS, formulas.touchpoints(row))
    _color_flags(sheet, spec.TOUCHPOINTS, extent)


def responses(sheet: Worksheet, extent: Extent) -> None:
    for row in extent.rows(spec.RESPONSES):
        _write(sheet, row, spec.RESPONSES, formulas.responses(row, extent))
    _color_flags(sheet, spec.RESPONSES, extent)
    _grey_out(sheet, extent)


def _write(sheet: Worksheet, row: int, table: spec.Sheet, by_name: dict[str, str]) -> None:
    for name, formula in by_name.items():
        sheet[f"{letters(table)[name]}{row}"] = formula


def _color_flags(sheet: Worksheet, table: spec.Sheet, extent: Extent) -> None:
    rule = FormulaRule([f"LEN(${letters(table)['check']}{extent.first})>0"], font=looks.FLAG, fill=looks.flag())
    sheet.conditional_formatting.add(extent.cells(table, "check"), rule)


def _grey_out(sheet: Worksheet, extent: Extent) -> None:
    """Surveys that are not used, and the counts of questions that are not asked; never over an answer."""
    asked, empty = f"${letters(spec.RESPONSES)['asked']}{extent.first}", formulas.is_without_answers(extent.first)
    unused = FormulaRule(
        [f"AND({formulas.is_unused(extent.first, extent)},{empty})"],
        font=looks.QUIET,
        fill=looks.shade(),
        stopIfTrue=True,
    )
    not_asked = FormulaRule([f'AND({asked}="No",{empty})'], fill=looks.shade())
    sheet.conditional_formatting.add(extent.cells(spec.RESPONSES, "survey", "notes"), unused)
    sheet.conditional_formatting.add(extent.cells(spec.RESPONSES, "n1", "n5"), not_asked)
