"""A submission on the desk, with its HISP and its reporter."""

import pytest

from tests import factories, people

OUTPATIENT = {"satisfaction": (2302, 3118, 10615, 55358, 249586), "trust": (1, 1, 1, 1, 6)}


@pytest.fixture
def hisp():
    return factories.hisp("va-vha", name="Veterans Health Administration")


@pytest.fixture
def reporter(hisp):
    return people.reporter(hisp)


@pytest.fixture
def submitted(hisp, reporter):
    surveys = [factories.survey("Outpatient care", "Outpatient survey", **OUTPATIENT)]
    fields = {"reflection": "Phones were slow.", "contact_name": "Ann Lee", "submitted_by": reporter}
    return factories.submission(hisp, "2021-q2", state="submitted", surveys=surveys, **fields)
