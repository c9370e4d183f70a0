"""The workbook that the tests of the reporter’s pages send."""

import pytest

from reporting.contents import Contents, Question, Survey
from reporting.scoring import Tally
from tests.reporting.conftest import SERVICE
from tests.reporting.issued import issued
from tests.reporting.workbook.fill import fill_from


@pytest.fixture
def workbook(hisp, quarter):
    def make(respondents=320_979, offered=1_774_363, **more):
        counts = Tally(2302, 3118, 10615, 55358, 249586)
        questions = (Question("satisfaction", "I am satisfied.", counts), Question("trust", "I trust VA.", counts))
        survey = Survey(
            SERVICE,
            "Outpatient care",
            "After a visit",
            "email",
            9_707_552,
            offered,
            respondents,
            "2900-0770",
            "2900-0770",
            questions=questions,
            **more,
        )
        contents = Contents("Pat", "pat@va.example", "We learned much.", surveys=(survey,))
        return fill_from(issued(hisp, quarter), contents)

    return make
