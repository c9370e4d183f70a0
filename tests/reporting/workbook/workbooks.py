"""Templates, contents and file surgery for the workbook's tests."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import load_workbook

from reporting.contents import Contents, Index, Metric, Question, Survey
from reporting.domains import DOMAIN_BY_SLUG
from reporting.fiscal import FiscalQuarter
from reporting.scoring import Tally
from reporting.workbook import parse, spec
from reporting.workbook.cells import Problem
from reporting.workbook.generate import Template, build
from tests.reporting.workbook.fill import fill_from

QUARTER = FiscalQuarter(2021, 3)
SERVICES = ("Outpatient Services", "Community Care")
SECRET = "a secret of the tests"
FIRST_ROW = 5  # of every table in a fresh template


def template(previous: Contents | None = None, services: tuple[str, ...] = SERVICES) -> Template:
    return Template(
        hisp_slug="va-vha",
        hisp_name="Veterans Health Administration",
        department="Department of Veterans Affairs",
        quarter=QUARTER,
        due_at=QUARTER.due_at,
        services=services,
        previous=previous,
        issue_id="4f1d22aa90bc",
        secret=SECRET,
    )


@cache
def fresh() -> bytes:
    return build(template())


def question(domain: str, *counts: int, wording: str = "") -> Question:
    statement = DOMAIN_BY_SLUG[domain].statement if domain in DOMAIN_BY_SLUG else "How long did you wait?"
    tally = Tally(*counts) if any(counts) else None
    return Question(domain, wording or statement, tally, "" if tally else "no_answers")


def survey(number: int = 1, **changes: Any) -> Survey:
    """A survey that no rule has anything to say about."""
    n = number * 7
    made = Survey(
        service=SERVICES[number % 2],
        service_provided=f"Appointment {number}",
        transaction_point="E-mail after the visit",
        channel="email",
        customers=900_000 + n,
        offered=40_000 + n,
        respondents=2_000 + n,
        control_number="2900-0770",
        control_number_typed="2900-0770",
        collection_url="https://www.reginfo.gov/public/do/PRAViewICR?ref_nbr=201909-2900-001",
        questions=tuple(
            question(slug, 31 + n + at, 42 - at, 120, 480, 1_100) for at, slug in enumerate(DOMAIN_BY_SLUG)
        ),
    )
    return replace(made, **changes)


def contents(surveys: int | tuple[Survey, ...] = 2, **changes: Any) -> Contents:
    made = Contents(
        contact_name="Robin Reporter",
        contact_email="robin@example.gov",
        reflection="Waiting is what hurts most.\nWe opened two more lines.",
        comment="None of it is real.",
        surveys=surveys if isinstance(surveys, tuple) else tuple(survey(n) for n in range(1, surveys + 1)),
        metrics=(Metric("Online transactions", Decimal(48), "million", SERVICES[0], "Counted at the end."),),
        indexes=(
            Index(
                "Satisfaction index", Decimal("83.5"), Decimal(100), Decimal(80), "excellent", covers="Eight services"
            ),
        ),
    )
    return replace(made, **changes)


@cache
def complete() -> bytes:
    """A fresh template filled in without a fault."""
    return fill_from(fresh(), contents())


def cell_of(sheet: spec.Sheet, field: str, offset: int = 0) -> str:
    """`Touchpoints!F5` for the customers of the first survey."""
    number = next(n for n, column in enumerate(sheet.columns) if column.fills == field)
    return f"{sheet.name}!{chr(65 + number)}{FIRST_ROW + offset}"


def edited(data: bytes, edit: Callable[[Any], object]) -> bytes:
    """The workbook after `edit(openpyxl workbook)`."""
    book = load_workbook(io.BytesIO(data))
    edit(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def part_of(sheet: spec.Sheet) -> str:
    return f"xl/worksheets/sheet{spec.INPUT_SHEETS.index(sheet) + 1}.xml"


def patched(data: bytes, part: str, old: str, new: str) -> bytes:
    """The file with one piece of one part replaced, byte for byte. Fails when the piece is not there."""
    parts = parts_of(data)
    assert old.encode() in parts[part], f"{old} is not in {part}"
    return zipped(parts | {part: parts[part].replace(old.encode(), new.encode(), 1)})


def typed(data: bytes, cells: dict[str, Any]) -> bytes:
    """The file with single cells set, by surgery: many times quicker than to load and save it. None clears a cell."""
    parts = parts_of(data)
    for place, value in cells.items():
        sheet, _, address = place.partition("!")
        part = part_of(next(table for table in spec.INPUT_SHEETS if table.name == sheet))
        xml, count = re.subn(
            rf'<c r="{address}"((?: s="\d+")?)[^>]*?(?:/>|>.*?</c>)'.encode(),
            lambda match, at=address, v=value: _cell_xml(at, match[1].decode(), v).encode(),
            parts[part],
            flags=re.DOTALL,
        )
        assert count == 1, f"{place} is not in the file"
        parts[part] = xml
    return zipped(parts)


def _cell_xml(address: str, style: str, value: Any) -> str:
    if value is None:
        return f'<c r="{address}"{style}/>'
    if isinstance(value, bool):
        return f'<c r="{address}"{style} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{address}"{style}><v>{value!r}</v></c>'
    if value.startswith("="):
        return f'<c r="{address}"{style}><f>{escape(value[1:])}</f></c>'
    if value.startswith("#"):
        return f'<c r="{address}"{style} t="e"><v>{value}</v></c>'
    text = f'<is><t xml:space="preserve">{escape(value)}</t></is>'
    return f'<c r="{address}"{style} t="inlineStr">{text}</c>'


def rules_of(problems: list[Problem]) -> list[str]:
    return sorted({problem.rule for problem in problems})


def problem_at(data: bytes, place: str) -> Problem:
    """The one problem that names the cell `Sheet!A1`."""
    found = [p for p in parse.read(data).problems if place in map(str, (p.cell, *p.related))]
    assert len(found) == 1, [str(p) for p in found]
    return found[0]
