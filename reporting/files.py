"""The file of an upload, as it came and with its problems marked: for the reporter's pages and the review desk."""

from io import BytesIO
from pathlib import PurePath

from django.core.files import File
from django.http import FileResponse, Http404

from reporting import comments
from reporting.models import Upload
from reporting.workbook.annotate import annotate
from reporting.workbook.refusals import Refused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def content_of(upload: Upload) -> File:
    try:
        return upload.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("This file is no longer in storage; its SHA-256 is kept with the upload.") from error


def original(upload: Upload) -> FileResponse:
    content = content_of(upload)
    return FileResponse(content, as_attachment=True, filename=upload.name, content_type="application/octet-stream")


def marked_copy(upload: Upload) -> FileResponse:
    """The same file with every problem, and every open remark of OMB, marked in its cell."""
    remarks = comments.problems(upload)
    if not upload.can_be_annotated and not remarks:
        raise Http404("This file could not be read, so nothing could be marked in it.")
    with content_of(upload) as content:
        try:
            marked = annotate(content.read(), [*upload.problems, *remarks])
        except Refused as refused:
            raise Http404(f"Nothing could be marked in this file. {refused.problem.found}") from refused
    name = f"{PurePath(upload.name).stem or 'workbook'} - checked.xlsx"
    return FileResponse(BytesIO(marked), as_attachment=True, filename=name, content_type=XLSX)
