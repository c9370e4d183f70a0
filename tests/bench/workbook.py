"""The whole check of a filled workbook, from its bytes to every problem in words, beside what it cannot do without."""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from time import perf_counter
from unittest.mock import patch
from xml.parsers import expat

from django.test import override_settings
from django.utils import timezone
from openpyxl import load_workbook

from hisps.models import Hisp
from reporting.checked import check, limits
from reporting.contents import Survey
from reporting.models import Quarter
from reporting.scoring import Tally
from reporting.workbook import parse, reader
from reporting.workbook.generate import build
from tests import factories
from tests.bench import wide
from tests.bench.clock import least
from tests.bench.table import Line
from tests.reporting.workbook.fill import fill_from
from tests.reporting.workbook.workbooks import QUARTER, contents, template

ROUNDS = {11: 15, 40: 9, 400: 5, 4_000: 2}  # by number of surveys: one row of Touchpoints, eleven of Responses
AT_MOST, AT = 2.5, 400
LINEAR = 1.5  # a survey among 4,000 against one among 400; Python’s collector looks at more, a square would give 10
CHILD_MS, CALLS, CHILD_MB = 75, 40, 512
_PLENTY = override_settings(WORKBOOK_MEMORY_BYTES=2**33, WORKBOOK_CPU_SECONDS=600, WORKBOOK_WALL_SECONDS=600)


@dataclass(frozen=True)
class Costs:
    """CPU seconds; `peak`: bytes of the child."""

    check: float
    openpyxl: float
    expat: float
    peak: int


def lines() -> Iterator[Line]:
    yield _child()
    found: dict[int, Costs] = {}
    for surveys in ROUNDS:
        with wide.everywhere(), _PLENTY:
            found[surveys] = _costs(surveys)
        yield from _beside(surveys, found[surveys])
    few, many = (found[n].check / n for n in (AT, wide.MOST_SURVEYS))
    yield Line("Check per survey among 4,000", many, "ms", "check per survey among 400", few, LINEAR)


def _beside(surveys: int, costs: Costs) -> Iterator[Line]:
    what = f"Check of {surveys:,} surveys"
    most = AT_MOST if surveys == AT else None
    yield Line(what, costs.check, "s", "openpyxl read-only alone", costs.openpyxl, most)
    yield Line(what, costs.check, "s", "expat alone over the sheets", costs.expat)
    yield Line(f"Child, at most, for {surveys:,} surveys", costs.peak, "MB", most=CHILD_MB if surveys <= AT else None)


def _costs(surveys: int) -> Costs:
    hisp, quarter = _expected(surveys)
    data = _filled(surveys, hisp)
    outcomes: list[reader.Outcome] = []
    check = _check(data, hisp, quarter, outcomes)
    check()  # once before: imports, and the child
    jobs = {"check": check, "openpyxl": lambda: _openpyxl(data), "expat": lambda: _expat(data)}
    seconds = least(jobs, ROUNDS[surveys])
    return Costs(**seconds, peak=max(outcome.peak_bytes for outcome in outcomes))


def _filled(surveys: int, hisp: Hisp) -> bytes:
    now = contents(surveys)
    prefilled = template(replace(now, surveys=tuple(map(_last_quarters, now.surveys))))
    return fill_from(build(replace(prefilled, hisp_slug=hisp.slug)), now)


def _expected(surveys: int) -> tuple[Hisp, Quarter]:
    """A HISP that reported as many surveys last quarter."""
    hisp = factories.hisp(f"va-vha-{surveys}")
    quarter = factories.quarter(QUARTER.slug, opened_at=timezone.now())
    before = tuple(map(_last_quarters, contents(surveys).surveys))
    factories.published_submission(hisp, QUARTER.previous.slug, surveys=before)
    return hisp, quarter


def _last_quarters(now: Survey) -> Survey:
    """The same survey with other figures."""
    questions = [replace(q, tally=Tally(*(count + 9 for count in q.tally.counts))) for q in now.questions if q.tally]
    volumes = {name: getattr(now, name) + 1_009 for name in ("customers", "offered", "respondents")}
    return replace(now, questions=tuple(questions), **volumes)


def _check(data: bytes, hisp: Hisp, quarter: Quarter, outcomes: list[reader.Outcome]) -> Callable[[], float]:
    """Of the very function behind the upload; it returns what the child spent. `outcomes` fills on the way."""

    def read(data: bytes, limits: reader.Limits) -> parse.Parsed:
        outcomes.append(replace(measured := reader.measured(data, limits), parsed=parse.Parsed()))
        return measured.parsed

    def run() -> float:
        with patch.object(reader, "read", read):
            checked = check(data, "report.xlsx", hisp=hisp, quarter=quarter)
        assert not checked.problems, checked.problems[:3]
        return outcomes[-1].cpu_seconds

    return run


def _openpyxl(data: bytes) -> None:
    """What reading alone costs: every row of every sheet, bare values."""
    book = load_workbook(BytesIO(data), read_only=True)
    for sheet in book:
        for _ in sheet.iter_rows(values_only=True):
            pass


def _expat(data: bytes) -> None:
    """What no reader can go below: each sheet unpacked and parsed, with nobody listening."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                expat.ParserCreate().Parse(archive.read(name), True)


def _child() -> Line:
    """By the clock, as somebody waits for it: the least of many, since others use the machine too."""
    allowed = limits()
    spans = {"child": lambda: reader.read(b"a", allowed), "here": lambda: parse.read(b"a")}
    spans["child"]()
    took = {name: min(_clocked(job) for _ in range(CALLS)) for name, job in spans.items()}
    overhead = took["child"] - took["here"]
    return Line("Warm child, by the clock, beyond reading itself", overhead, "ms", most=CHILD_MS)


def _clocked(job: Callable[[], object]) -> float:
    began = perf_counter()
    job()
    return perf_counter() - began
