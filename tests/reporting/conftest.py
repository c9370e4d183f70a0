"""What the tests of the mails share."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.conf import settings
from django.test import override_settings

from reporting.models import Mail


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
