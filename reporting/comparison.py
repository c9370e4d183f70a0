"""What changed between two uploads of one HISP and quarter: both stored files are read again and compared.

They are read as when they were uploaded, in a process of their own, so that a file that harms nobody then harms nobody
now. Reads only.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from reporting.checked import limits
from reporting.models import Upload
from reporting.workbook import guard, reader
from reporting.workbook.changes import SheetChanges, changes
from reporting.workbook.sheetview import Typed

MOST_SHOWN = 200  # of one kind on a sheet: who changed more sees where, and looks into the files


@dataclass(frozen=True)
class Comparison:
    """`unread`: the files that could not be read, with the reason as a sentence; then nothing was compared."""

    before: Upload
    after: Upload
    sheets: tuple[SheetChanges, ...] = ()
    unread: tuple[tuple[Upload, str], ...] = ()

    @property
    def count(self) -> int:
        return sum(sheet.count for sheet in self.sheets)

    @property
    def is_same_file(self) -> bool:
        return self.before.sha256 == self.after.sha256


def of_the_same_place(upload: Upload) -> QuerySet[Upload]:
    """The other workbooks of its HISP and quarter, the last one first."""
    place = Upload.objects.filter(hisp=upload.hisp_id, quarter=upload.quarter_id, kind=Upload.Kind.WORKBOOK)
    return place.exclude(pk=upload.pk).defer("report", "grid")


def just_before(upload: Upload) -> Upload | None:
    earlier = Q(at__lt=upload.at) | Q(at=upload.at, pk__lt=upload.pk)
    return of_the_same_place(upload).filter(earlier).first()


def compare(before: Upload, after: Upload) -> Comparison:
    """Raises reader.Unavailable when no process can be had to read in."""
    sheets: list[Mapping[str, Typed]] = []
    unread: list[tuple[Upload, str]] = []
    for upload in (before, after):
        read = _sheets(upload)
        if isinstance(read, str):
            unread.append((upload, read))
        else:
            sheets.append(read)
    if unread:
        return Comparison(before, after, unread=tuple(unread))
    return Comparison(before, after, tuple(sheet.first(MOST_SHOWN) for sheet in changes(*sheets)))


def _sheets(upload: Upload) -> Mapping[str, Typed] | str:
    """What stands in the file; or why that cannot be said."""
    try:
        with upload.file.open("rb") as file:
            data = file.read()
    except FileNotFoundError:
        return "This file is no longer in storage; its SHA-256 is kept with the upload."
    refusal = guard.refusal_at_the_door(data)
    if refusal is not None:
        return refusal.found
    parsed = reader.read(data, limits())
    return parsed.sheets or next((p.found for p in parsed.problems), "Nothing could be read in this file.")
