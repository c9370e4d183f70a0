"""Values corrected on the page of an upload: what was typed there, and the new upload that it makes."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from hisps.models import Hisp
from reporting import intake, transitions
from reporting.files import content_of
from reporting.models import Quarter, Upload
from reporting.workbook import sheetview
from reporting.workbook.box import Box
from reporting.workbook.boxes import boxes_of, with_boxes
from reporting.workbook.correct import NotCorrected, corrected, value_for
from reporting.workbook.sheetview import SheetView
from reporting.workbook.texts import cleaned

LONGEST = 5_000  # characters in a box; no column takes more
SUFFIX = " - corrected"
USE, ALL = "use", "all"  # the button of a suggested value sends “touchpoints-f5=48000000”, or “all”


def why_not(upload: Upload) -> str:
    """Why values of this upload cannot be corrected now; "" when they can."""
    try:
        intake.refuse_when_not_taking(*_place(upload))
        intake.refuse_when_outdated(upload)
    except transitions.Refused as refused:
        return str(refused)
    return ""


def sheets(upload: Upload, posted: Mapping[str, str]) -> list[SheetView]:
    """The sheets with their problems, and a box where a value can be corrected, filled with what was posted.

    What was posted for a cell that has no box is not looked at.
    """
    shown = sheetview.views(upload.grid, upload.problems)
    services = _place(upload)[0].services.filter(last_day__isnull=True).order_by("name")
    lists = {"Services": list(services.values_list("name", flat=True))}
    boxed = with_boxes(shown, lists, _typed(posted))
    taken = _taken(posted.get(USE, ""), list(boxes_of(boxed)))
    return with_boxes(shown, lists, _typed(posted) | taken) if taken else boxed


def _typed(posted: Mapping[str, str]) -> dict[str, str]:
    """Browsers send line ends of their own."""
    return {name: text.replace("\r\n", "\n").replace("\r", "\n") for name, text in posted.items()}


def _taken(pressed: str, boxes: Sequence[Box]) -> dict[str, str]:
    """The suggested values that a button takes: one, or those of all boxes that she left alone."""
    if pressed == ALL:
        return {box.name: box.offers[0] for box in boxes if box.offers and not box.is_changed}
    name, _, value = pressed.partition("=")
    return {box.name: value for box in boxes if box.name == name and value in box.offers}


def correct(upload: Upload, boxes: Sequence[Box], *, by: Any) -> intake.Receipt:
    """Writes what was changed into a copy of the file, and takes that in like any other.

    Raises NotCorrected with a sentence, transitions.Refused when it is too late, and reader.Unavailable.
    """
    changed = [box for box in boxes if _is_changed(box)]
    if not changed:
        raise NotCorrected("You changed no value. Write the right value into a box, then check again.")
    too_long = next((box for box in changed if len(box.text) > LONGEST), None)
    if too_long is not None:
        raise NotCorrected(f"The text in {too_long.cell} has more than {LONGEST:,} characters. Shorten it.")
    with content_of(upload) as file:
        data = file.read()
    hisp, quarter = _place(upload)
    return intake.receive(
        corrected(data, {box.cell: value_for(box.column.kind, box.text) for box in changed}),
        _named(upload.name),
        hisp=hisp,
        quarter=quarter,
        by=by,
        corrects=upload,
        corrections=[_noted(box) for box in changed],
    )


def _is_changed(box: Box) -> bool:
    """Characters that nobody can see, and that no cell keeps, are no change."""
    return box.is_changed and (bool(box.not_as_shown) or cleaned(box.text) != cleaned(box.old))


def _place(upload: Upload) -> tuple[Hisp, Quarter]:
    assert upload.hisp is not None
    assert upload.quarter is not None
    return upload.hisp, upload.quarter


def _noted(box: Box) -> dict[str, str]:
    """As it is written into the file: PostgreSQL stores no NUL, and nobody may turn the direction of what is read."""
    old, new = cleaned(box.stood), cleaned(box.text)
    return {"sheet": box.cell.sheet, "cell": box.cell.address, "old": old, "new": new}


def _named(name: str) -> str:
    stem = PurePath(name).stem.removesuffix(SUFFIX) or "workbook"
    return f"{stem[-200:]}{SUFFIX}.xlsx"
