"""A part of a dataset as a file of one kind, whoever asks for it: a request, or a site that is written to a disk."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from django.conf import settings

from dashboards import formats
from dashboards.datasets import Dataset, Selection
from dashboards.exports import lines, workbooks
from dashboards.exports.kept import kept
from reporting.models import Publication

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
KIND_NAMES = {"csv": "CSV", "json": "JSON", "xlsx": "Excel"}
_READING = (
    "An empty cell is unknown, which is not 0. A text that a spreadsheet could take for a formula begins with an "
    "apostrophe. Only published figures are here."
)
_WHOLE = Selection()


def content(dataset: Dataset, kind: str, selection: Selection, tag: str) -> Iterator[bytes]:
    """The file, in blocks; `tag` is its ETag. Of text nothing is read before the first block is asked for; a workbook
    is written first; a whole one or a version where nobody had it written before. Raises workbooks.TooLong."""
    if kind == "xlsx" and (selection.is_whole or selection.is_version):  # choices of visitors have no end
        return workbooks.blocks(kept("workbook", tag, lambda: _workbook(dataset, selection)))
    if kind == "xlsx":
        return workbooks.blocks(_workbook(dataset, selection))
    return _text(dataset, kind, selection)


def _workbook(dataset: Dataset, selection: Selection) -> bytes:
    return workbooks.written(dataset, dataset.rows(selection), facts(dataset, selection))


def _text(dataset: Dataset, kind: str, selection: Selection) -> Iterator[bytes]:
    made = lines.csv_lines if kind == "csv" else lines.json_lines
    yield from lines.blocks(made(dataset, dataset.rows(selection)))


def name(dataset: Dataset, kind: str, selection: Selection) -> str:
    """That it is saved under, such as “hisp-scores-2021-q2.csv”."""
    publication = f"publication-{selection.publication}" if selection.is_version else ""
    parts = ("hisp", dataset.slug, *selection.words.values(), publication)
    return f"{'-'.join(part for part in parts if part)}.{kind}"


def address(dataset: Dataset, kind: str, selection: Selection = _WHOLE) -> str:
    """On this site, with the filters."""
    words, place = selection.words, ""
    if selection.is_version:
        place = f"v/{selection.publication}/{words.pop('quarter')}/"
    query = f"?{urlencode(words)}" if words else ""
    return f"{settings.SITE_URL}/data/{place}{dataset.slug}.{kind}{query}"


def facts(dataset: Dataset, selection: Selection) -> Sequence[tuple[str, str]]:
    """What a file that travels alone must say of itself. 1 query."""
    asked = ", ".join(f"{name} = {word}" for name, word in selection.words.items())
    return (
        ("Dataset", f"{dataset.title}. {dataset.sentence}"),
        ("Source", f"HISP Quarterly, {address(dataset, 'csv', selection)}"),
        ("Filters", asked or "None: this is the whole dataset."),
        ("Figures as of", _publication(selection.publication)),
        ("Columns", f"{settings.SITE_URL}/data/dictionary/#file-{dataset.slug}"),
        ("Methods", f"{settings.SITE_URL}/methods/"),
        ("Reading", _READING),
    )


def _publication(number: int) -> str:
    at = Publication.objects.filter(number=number).values_list("at", flat=True).first()
    return f"Publication {number} on {formats.day(at)}" if at else "Before the first publication"
