"""Where the inputs arrive, and the table of what became of them."""

from collections import Counter
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from hisps.models import Hisp
from reporting.models import Quarter
from tests import factories, people
from tests.corpus.base import FAMILIES
from tests.reporting.workbook.workbooks import QUARTER, SECRET, SERVICES


@pytest.fixture(autouse=True)
def _templates_of_the_tests_are_genuine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SECRET_KEY", SECRET)


@pytest.fixture
def hisp(db: None) -> Hisp:
    made = factories.hisp("va-vha", name="Veterans Health Administration")
    for number, service in enumerate(SERVICES):
        made.services.create(name=service, slug=f"va-vha-{number}")
    return made


@pytest.fixture
def quarter(hisp: Hisp) -> Quarter:
    opened = factories.quarter(QUARTER.slug, opened_at=timezone.now())
    factories.expectation(hisp, opened)
    return opened


@pytest.fixture
def reporter(hisp: Hisp) -> Any:
    return people.reporter(hisp)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Family, inputs, and how many came out as expected."""
    came, right = Counter[str](), Counter[str]()
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            told = dict(report.user_properties)
            if "family" in told and report.when == "call":
                came[told["family"]] += told.get("inputs", 1)
                right[told["family"]] += told.get("inputs", 1) * (outcome == "passed")
    if came:
        terminalreporter.section("corpus")
        terminalreporter.write_line(f"{'Family':<16} {'Inputs':>6} {'As expected':>12}")
        for family in sorted(came):
            name = f"{family} {FAMILIES[family]}"
            terminalreporter.write_line(f"{name:<16} {came[family]:>6,} {right[family]:>12,}")
        terminalreporter.write_line(f"{'All':<16} {came.total():>6,} {right.total():>12,}")
