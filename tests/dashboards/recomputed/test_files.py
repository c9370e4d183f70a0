"""Every figure in every data file equals a recomputation from OMB's rows, in every form, whole and narrowed."""

import hashlib
from collections.abc import Iterable

import pytest

from tests.dashboards.recomputed import datasets, files, registry, words
from tests.dashboards.recomputed.datasets import Line

pytestmark = pytest.mark.django_db

KINDS = ("csv", "json", "xlsx")


def exact(name: str, right: Iterable[Line], kinds: Iterable[str] = KINDS) -> None:
    right = list(right)
    wrong = [each for kind in kinds for each in files.faults(f"/data/{name.format(kind)}", right)]
    assert not wrong, words.told(wrong)


QUARTER: Line = {"fiscal_year": 2021, "fiscal_quarter": 3}  # a workbook of all would take seconds


def test_every_score(score_lines):
    exact("scores.{}", score_lines, ("csv", "json"))
    exact("scores.{}?quarter=2021-q3", narrowed(score_lines, QUARTER), ("xlsx",))


def test_every_answer(response_lines):
    exact("responses.{}", response_lines, ("csv", "json"))
    exact("responses.{}?quarter=2021-q3", narrowed(response_lines, QUARTER), ("xlsx",))


def test_every_collection(past):
    exact("collections.{}", datasets.collections(past))


def test_every_department_hisp_and_service(past):
    exact("departments.{}", registry.departments())
    exact("hisps.{}", registry.hisps(past))
    exact("services.{}", registry.services(past))


def test_no_metric_and_no_correction_is_in_the_files_of_the_past(past):
    exact("metrics.{}", [])
    exact("corrections.{}", [])


HISP, SERVICE = "doc-uspto", "doc-uspto-filing-a-trademark-application"


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("fiscal_year=2021", {"fiscal_year": 2021}),
        ("quarter=2022-q1", {"fiscal_year": 2022, "fiscal_quarter": 1}),
        ("hisp=va-vha", {"hisp": "va-vha"}),
        (f"service={SERVICE}", {"service": SERVICE}),
        ("domain=trust", {"domain": "trust"}),
        (f"fiscal_year=2022&hisp={HISP}&domain=ease", {"fiscal_year": 2022, "hisp": HISP, "domain": "ease"}),
        (f"quarter=2021-q3&service={SERVICE}", {"fiscal_year": 2021, "fiscal_quarter": 3, "service": SERVICE}),
    ],
)
def test_a_filter_narrows_every_file_and_recomputes_nothing(past, score_lines, response_lines, asked, wanted):
    for name, lines in (("scores", score_lines), ("responses", response_lines)):
        exact(f"{name}.{{}}?{asked}", narrowed(lines, wanted), ("csv", "json"))
    if "domain" not in wanted:
        rows = zip(past.rows, datasets.collections(past), strict=True)
        own = [line for row, line in rows if is_of(row, wanted)]
        exact(f"collections.{{}}?{asked}", own, ("csv", "json"))


def narrowed(lines: Iterable[Line], wanted: Line) -> list[Line]:
    """What is above a HISP or a service has no name in its column, and is left out with the others."""
    return [line for line in lines if all(line[name] == value for name, value in wanted.items())]


def is_of(row: datasets.Row, wanted: Line) -> bool:
    own = {"fiscal_year": row.quarter[0], "fiscal_quarter": row.quarter[1], "hisp": row.hisp, "service": row.service}
    return all(own[name] == value for name, value in wanted.items())


def test_the_registry_is_narrowed_by_hisp_and_service(past):
    exact(f"hisps.{{}}?hisp={HISP}", narrowed(registry.hisps(past), {"hisp": HISP}))
    exact(f"services.{{}}?hisp={HISP}", narrowed(registry.services(past), {"hisp": HISP}))
    exact(f"services.{{}}?service={SERVICE}", narrowed(registry.services(past), {"service": SERVICE}))


def test_every_version_of_a_quarter_holds_the_figures_of_its_publication(past, score_lines, response_lines):
    for name, lines in (("scores", score_lines), ("responses", response_lines)):
        for number, (year, quarter) in enumerate(past.quarters, start=1):
            own = narrowed(lines, {"fiscal_year": year, "fiscal_quarter": quarter})
            exact(f"v/{number}/{year}-q{quarter}/{name}.{{}}", own, ("csv",))


def test_checksums_are_those_of_the_files(past):
    told = dict(reversed(line.split("  ")) for line in files.body("/data/checksums.txt").decode().splitlines())
    for name, checksum in told.items():
        address = f"/data/{name.removeprefix('hisp-')}"
        assert hashlib.sha256(files.body(address)).hexdigest() == checksum, name
    names = ("scores", "responses", "collections", "metrics", "corrections", "departments", "hisps", "services")
    assert told.keys() == {f"hisp-{name}.{kind}" for name in names for kind in ("csv", "json")}
