"""Excel’s own checks on the cells of the template, and the hidden sheet with the entries of its drop-down lists."""

from collections.abc import Iterable

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from reporting.domains import CHANNELS, SCALES
from reporting.workbook import choices, spec
from reporting.workbook.readings import Kind


def _lists(services: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {
        "Services": services,
        "Channels": tuple(CHANNELS.values()),
        "Scales": tuple(SCALES.values()),
        "Questions": tuple(label for label, _ in choices.QUESTIONS),
        "Yes or no": choices.YES_OR_NO.labels,
    }


def _list_range(name: str, services: tuple[str, ...]) -> str:
    """Exactly the entries: with a blank among them Excel would accept anything."""
    lists = _lists(services)
    letter = get_column_letter(list(lists).index(name) + 1)
    return f"{spec.LISTS}!${letter}$2:${letter}${1 + max(len(lists[name]), 1)}"


def add(sheet: Worksheet, ranges: Iterable[tuple[Kind, str]], services: tuple[str, ...]) -> None:
    """One check for each kind, over all its ranges."""
    validations: dict[Kind, DataValidation] = {}
    for kind, cells in ranges:
        if kind.excel_rule is None:
            continue
        if kind not in validations:
            validations[kind] = _validation(kind, services)
            sheet.add_data_validation(validations[kind])
        validations[kind].add(cells)


def _validation(kind: Kind, services: tuple[str, ...]) -> DataValidation:
    rule = kind.excel_rule
    assert rule is not None
    bounds = [_list_range(rule.options, services)] if rule.options else list(rule.bounds)
    made = DataValidation(rule.type, *bounds, operator=None if rule.options else rule.operator, allow_blank=True)
    made.errorTitle, made.error, made.showErrorMessage = "Please check this cell", rule.words[:225], True
    return made


def write_lists(sheet: Worksheet, services: tuple[str, ...]) -> None:
    for number, (name, entries) in enumerate(_lists(services).items(), start=1):
        for row, text in enumerate((name, *entries), start=1):
            sheet.cell(row, number, text).data_type = "s"
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True
