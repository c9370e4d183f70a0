"""Published figures that most tests of public pages read."""

import pytest

from tests.dashboards.views.reading import VHA
from tests.factories import published_submission


@pytest.fixture
def vha():
    return published_submission("va-vha", "2021-q2", surveys=[VHA], reflection="Veterans want speed.")
