"""Finding a HISP, a service or a department by any of its names."""

import pytest

from dashboards import search
from dashboards.search import Entry, matching
from hisps.models import OtherName, OtherServiceName, Service
from tests import factories

VHA = Entry("hisp", "va-vha", "Veterans Health Administration", "Department of Veterans Affairs", "va-vha", ("VHA",))
CARE = Entry("service", "care", "Receiving health care", "Veterans Health Administration", "va-vha", ("VHA",))
EVALUATION = Entry("service", "eval", "Private evaluation", "Other", "other", ("O",))


def slugs(query: str) -> list[str]:
    return [one.slug for one in matching(query, [EVALUATION, CARE, VHA])]


@pytest.mark.parametrize("query", ["veterans", "VETERANS  health", "vha", "health veterans", "Veterans Health Admin"])
def test_every_word_of_the_query_begins_a_word_of_a_name(query):
    assert "va-vha" in slugs(query)


def test_middle_of_a_word_is_not_found():
    assert slugs("ministration") == []


def test_what_begins_with_the_query_comes_first():
    assert slugs("health") == ["care", "va-vha"]
    assert slugs("vha") == ["care", "va-vha"]
    assert slugs("veterans") == ["va-vha"]


@pytest.mark.parametrize("query", ["", "   ", "veterans passports", "..."])
def test_nothing_is_found_for_nothing_or_for_a_word_too_many(query):
    assert slugs(query) == []


@pytest.mark.django_db
def test_registry_is_found_by_slugs_abbreviations_departments_and_former_names():
    hisp = factories.hisp(
        "va-vha", "Veterans Health Administration", "Department of Veterans Affairs", abbreviation="VHA"
    )
    service = Service.objects.create(hisp=hisp, name="Outpatient care", slug="va-vha-outpatient-care")
    OtherName.objects.create(hisp=hisp, name="Veterans Hospitals")
    OtherServiceName.objects.create(service=service, name="Ambulatory visits")
    everything = search.entries()
    for query, slug in (
        ("va-vha", "va-vha"),
        ("hospitals", "va-vha"),
        ("veterans affairs", "va-vha"),
        ("affairs", "va"),
        ("ambulatory", "va-vha-outpatient-care"),
        ("vha outpatient", "va-vha-outpatient-care"),
    ):
        assert slug in [one.slug for one in matching(query, everything)], query
