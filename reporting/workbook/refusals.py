"""Why a file is not opened, in words that hold for many reasons. Formats have their own in `formats`."""

from dataclasses import replace

from reporting.workbook.cells import ERROR, NOTE, Cell, Problem

WANTED = "An Excel workbook (.xlsx) saved from the downloaded template."


class Refused(Exception):
    """The file is not opened, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


def problem(rule: str, found: str, fix: str) -> Problem:
    return Problem(rule, ERROR, found, WANTED, fix)


def empty() -> Problem:
    return problem("file_empty", "The file is empty (0 bytes).", "Save the workbook and upload it again.")


def too_large(size: int, most: int) -> Problem:
    base = problem(
        "file_too_large",
        f"The file has {size / 1024 / 1024:.1f} MB; the limit is {most // 1024 // 1024} MB.",
        "Remove pictures and sheets that are not part of the template, save, and upload it again.",
    )
    return replace(base, expected=f"A file of {most // 1024 // 1024} MB or less.")


def damaged(found: str = "The file is damaged and cannot be read.", cell: Cell | None = None) -> Problem:
    base = problem(
        "file_damaged",
        found,
        "Open it in Excel, save it under a new name and upload that; or copy your figures into a fresh template.",
    )
    return replace(base, cell=cell)


def unsafe(found: str) -> Problem:
    return problem("file_unsafe", found, "Copy your figures into a freshly downloaded template and upload that.")


def too_many(things: str, sheet: str = "") -> Problem:
    place = f"The sheet {sheet[:60]}" if sheet else "The file"
    return problem(
        "file_unsafe",
        f"{place} has far more {things} than the template.",
        "Copy your figures into a freshly downloaded template and upload that.",
    )


def outside_form(cell: Cell, found: str = "There is data outside the form area.") -> Problem:
    return Problem(
        "outside_form",
        ERROR,
        found,
        "The cells of the template only.",
        "Clear that cell, and everything outside the form, and save.",
        cell=cell,
    )


def linked_cell(cell: Cell) -> Problem:
    return Problem(
        "external_link",
        ERROR,
        "The cell takes its value from another workbook.",
        "A value in the cell itself.",
        "Type the value over the formula.",
        cell=cell,
    )


def links_noted() -> Problem:
    return Problem(
        "external_links",
        NOTE,
        "The workbook has links to other workbooks. They are not followed.",
        "Values in the cells themselves.",
        "Nothing to do, unless a figure should have come from there.",
    )
