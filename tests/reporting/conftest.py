"""What several tests share: templates whose blanks show, and a HISP that owes figures."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone

from hisps.models import Hisp
from reporting.models import Mail, Quarter
from tests import factories, people
from tests.reporting.workbook.workbooks import QUARTER, SECRET, SERVICES

SERVICE = "Receiving outpatient services"


@pytest.fixture
def blanks_show() -> Iterator[None]:
    """A variable that a template names and nobody gave is seen."""
    strict = deepcopy(settings.TEMPLATES)
    strict[0]["OPTIONS"]["string_if_invalid"] = "[[no value for %s]]"
    with override_settings(TEMPLATES=strict):
        yield


@pytest.fixture
def no_mail_has_blanks(blanks_show: None, db: None) -> Iterator[None]:
    yield
    assert not [mail.body for mail in Mail.objects.all() if "[[no value" in mail.subject + mail.body]


@pytest.fixture
def hisp() -> Hisp:
    """With one service."""
    made = factories.hisp("va-vha", name="Veterans Health Administration")
    made.services.create(name=SERVICE, slug="va-vha-outpatient")
    return made


@pytest.fixture
def quarter(hisp: Hisp) -> Quarter:
    """Open, and figures of the HISP are expected."""
    opened = factories.quarter("2021-q2", opened_at=timezone.now())
    factories.expectation(hisp, opened)
    return opened


@pytest.fixture
def reporter(hisp: Hisp, client: Client) -> Any:
    """Signed in."""
    made = people.reporter(hisp)
    client.force_login(made)
    return made


@pytest.fixture
def hisp_of_the_workbooks(monkeypatch: pytest.MonkeyPatch, db: None) -> Hisp:
    """The one for which tests.reporting.workbook.workbooks makes its workbooks, which count as genuine."""
    monkeypatch.setattr(settings, "SECRET_KEY", SECRET)
    made = factories.hisp("va-vha", name="Veterans Health Administration")
    for number, service in enumerate(SERVICES):
        made.services.create(name=service, slug=f"va-vha-{number}")
    factories.expectation(made, factories.quarter(QUARTER.slug, opened_at=timezone.now()))
    return made
