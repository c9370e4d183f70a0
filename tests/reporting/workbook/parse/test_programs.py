"""What goes in comes out, whatever program saved it, and however its sheets were rearranged."""

import io
import subprocess
from pathlib import Path
from shutil import which
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook

from reporting.workbook import parse
from tests.reporting.workbook.workbooks import (
    complete,
    contents,
    edited,
    parts_of,
    typed,
    zipped,
)


@pytest.fixture(scope="module")
def saved_by_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    program = which("soffice") or which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice was not found: make machine installs it.")
    folder = tmp_path_factory.mktemp("libreoffice")
    source = folder / "filled.xlsx"
    source.write_bytes(complete())
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return Path(folder / "out" / "filled.xlsx").read_bytes()


def test_workbook_saved_by_libreoffice_reads_the_same(saved_by_libreoffice: bytes) -> None:
    parsed = parse.read(saved_by_libreoffice)

    assert parsed.problems == []
    assert parsed.contents == contents()
    assert parsed.stamp == parse.read(complete()).stamp


def test_texts_that_are_missing_from_the_file_are_damage(saved_by_libreoffice: bytes) -> None:
    parts = parts_of(saved_by_libreoffice)
    strings = parts["xl/sharedStrings.xml"]
    parts["xl/sharedStrings.xml"] = strings[: strings.index(b"<si>")] + b"</sst>"

    assert [p.rule for p in parse.read(zipped(parts)).problems] == ["file_damaged"]


def test_libreoffice_computes_the_totals_and_means(saved_by_libreoffice: bytes) -> None:
    sheet = load_workbook(io.BytesIO(saved_by_libreoffice), data_only=True)["Responses"]

    assert sheet["B5"].value == "Community Care: Appointment 1"
    assert sheet["K5"].value == 1780
    assert sheet["L5"].value == pytest.approx(4.4393, abs=1e-4)
    assert sheet["K30"].value in (None, "")


def test_workbook_saved_by_openpyxl_reads_the_same() -> None:
    parsed = parse.read(edited(edited(complete(), lambda book: None), lambda book: None))

    assert (parsed.contents, parsed.problems) == (contents(), [])


def test_workbook_rewritten_by_xlsxwriter_reads_the_same() -> None:
    """No styles, no properties, numbers and texts only, as an export of another program would be."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for source in load_workbook(io.BytesIO(complete())).worksheets:
            sheet = book.add_worksheet(source.title)
            for row in source.iter_rows():
                for cell in row:
                    if cell.value is not None and cell.data_type != "f":
                        sheet.write(cell.row - 1, cell.column - 1, cell.value)

    parsed = parse.read(file.getvalue())

    assert (parsed.contents, parsed.problems) == (contents(), [])


def test_columns_in_another_order_and_rows_further_down_are_found() -> None:
    def move(book: Any) -> None:
        sheet = book["Touchpoints"]
        for row in range(4, 7):
            a, b = sheet.cell(row, 6).value, sheet.cell(row, 8).value
            sheet.cell(row, 6).value, sheet.cell(row, 8).value = b, a
        book["Operations"].insert_rows(1, 3)

    parsed = parse.read(edited(complete(), move))

    assert (parsed.contents, parsed.problems) == (contents(), [])


def test_blank_rows_between_are_skipped() -> None:
    def move(book: Any) -> None:
        sheet = book["Operations"]
        for column in range(1, 6):
            sheet.cell(20, column).value = sheet.cell(5, column).value
            sheet.cell(5, column).value = None

    parsed = parse.read(edited(complete(), move))

    assert (parsed.contents, parsed.problems) == (contents(), [])


def test_headings_are_found_in_any_case() -> None:
    data = typed(complete(), {"Touchpoints!F4": " CUSTOMERS "})

    assert parse.read(data).contents == contents()
