"""The migration that numbered publications, on an installation that had published before."""

from collections.abc import Iterator

import pytest

from reporting import publications
from reporting.models import Submission
from tests import factories
from tests.migrating import migrate

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def _back_to_the_newest() -> Iterator[None]:
    yield
    migrate()


@pytest.mark.usefixtures("_back_to_the_newest")
def test_what_was_public_before_gets_a_publication_for_each_quarter():
    factories.submission("va-vha", "2021-q2", state="withdrawn")
    factories.published_submission("ssa-oo", "2021-q2")
    factories.published_submission("va-vha", "2021-q1")
    factories.submission("treas-irs", "2021-q2", state="approved")
    migrate(("reporting", "0006_mail"))
    migrate()
    numbers = {
        (each.hisp.slug, each.quarter.slug): (each.publication.number, each.ended_in and each.ended_in.number)
        for each in Submission.objects.exclude(publication=None)
    }
    assert numbers == {
        ("va-vha", "2021-q1"): (1, None),
        ("va-vha", "2021-q2"): (2, 2),
        ("ssa-oo", "2021-q2"): (2, None),
    }
    assert publications.stamp() == 2
    assert Submission.objects.get(state="approved").publication is None
