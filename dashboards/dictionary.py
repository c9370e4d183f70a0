"""The data dictionary: the workbook’s columns and lists, then every column of the open data files."""

import csv
import io
from dataclasses import dataclass

from dashboards.datasets import DATASETS, Dataset
from hisps.cells import neutral
from reporting.workbook import dictionary, spec
from reporting.workbook.dictionary import Entry


@dataclass(frozen=True)
class Section:
    title: str
    sentence: str
    entries: tuple[Entry, ...]
    slug: str


def sections() -> tuple[Section, ...]:
    """In the order of the page: the sheets, the lists, the files."""
    sheets = [
        Section(sheet.name, sheet.intro, _of(dictionary.columns(), sheet.name), f"sheet-{number}")
        for number, sheet in enumerate(spec.INPUT_SHEETS, start=1)
    ]
    lists = [
        Section(name, sentence, _of(dictionary.lists(), name), name.lower())
        for name, sentence in (
            ("Questions", "The seven domains of the survey, with their official statements."),
            ("Channels", "The ways of being served."),
            ("Scales", "The scales on which people answer, and how answers become 1 to 5."),
        )
    ]
    files = [Section(f"{d.title} (file)", d.sentence, _file(d), f"file-{d.slug}") for d in DATASETS.values()]
    return (*sheets, *lists, *files)


def _of(entries: tuple[Entry, ...], place: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry.place == place)


def _file(dataset: Dataset) -> tuple[Entry, ...]:
    return tuple(
        Entry(f"{dataset.slug}.csv", column.name, column.meaning, column.may_hold, source=column.source)
        for column in dataset.columns
    )


HEADINGS = ("where", "column", "what_it_is", "what_it_may_hold", "required", "comes_from")


def as_csv() -> str:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    for section in sections():
        for e in section.entries:
            row = (e.place, e.name, e.meaning, e.holds, "yes" if e.is_required else "", e.source)
            writer.writerow([neutral(value) for value in row])
    return file.getvalue()
