"""The data dictionary covers every column of the template and of the open data, and nothing that is not there."""

import csv
import io

import pytest
from openpyxl import load_workbook

from dashboards import dictionary
from dashboards.datasets import DATASETS
from dashboards.datasets.columns import KIND_WORDS
from reporting.domains import CHANNELS, SCALES, SEVEN_DOMAINS
from reporting.workbook import spec
from tests.reporting.workbook.workbooks import fresh


def entries() -> list[tuple[str, str]]:
    return [(entry.place, entry.name) for section in dictionary.sections() for entry in section.entries]


def test_every_heading_of_a_fresh_template_is_described_and_none_besides() -> None:
    book = load_workbook(io.BytesIO(fresh()))
    there = {(spec.COVER.name, row[0].value) for row in book[spec.COVER.name].iter_rows(min_row=4) if row[0].value}
    there |= {(table.name, cell.value) for table in spec.TABLES for cell in book[table.name][4] if cell.value}
    sheets = {sheet.name for sheet in spec.INPUT_SHEETS}

    assert {entry for entry in entries() if entry[0] in sheets} == there


@pytest.mark.parametrize("slug", DATASETS)
def test_every_column_of_a_file_is_described_and_none_besides(slug: str) -> None:
    described = [name for place, name in entries() if place == f"{slug}.csv"]
    assert described == list(DATASETS[slug].names)
    assert len(set(described)) == len(described)


def test_every_file_is_described_and_none_besides() -> None:
    assert {place for place, _ in entries() if place.endswith(".csv")} == {f"{slug}.csv" for slug in DATASETS}


def test_kind_of_a_column_begins_what_it_may_hold() -> None:
    for dataset in DATASETS.values():
        for column in dataset.columns:
            assert column.may_hold.startswith(KIND_WORDS[column.kind]), column


@pytest.mark.parametrize(
    ("place", "names"),
    [
        ("Questions", [domain.name for domain in SEVEN_DOMAINS]),
        ("Channels", list(CHANNELS.values())),
        ("Scales", list(SCALES.values())),
    ],
)
def test_every_entry_of_the_lists_is_described(place: str, names: list[str]) -> None:
    assert [name for where, name in entries() if where == place][: len(names)] == names


def test_nothing_is_described_without_words() -> None:
    for section in dictionary.sections():
        for entry in section.entries:
            assert entry.meaning.endswith("."), entry
            assert entry.holds or entry.place == "Channels", entry


def test_sources_are_columns_of_the_workbook() -> None:
    known = {f"{sheet.name}: {column.header}" for sheet in spec.INPUT_SHEETS for column in sheet.columns}
    sources = {entry.source for section in dictionary.sections() for entry in section.entries if entry.source}

    assert sources - known == {"Computed from the counts"}


def test_definitions_sheet_is_the_dictionary() -> None:
    sheet = load_workbook(io.BytesIO(fresh()))[spec.DEFINITIONS]
    written = {(row[0].value, row[1].value) for row in sheet.iter_rows(min_row=5) if row[0].value}

    assert written == {entry for entry in entries() if not entry[0].endswith(".csv")}


def test_csv_has_every_entry() -> None:
    rows = list(csv.DictReader(io.StringIO(dictionary.as_csv())))

    assert [(row["where"], row["column"]) for row in rows] == entries()
    assert {row["required"] for row in rows} == {"yes", ""}
