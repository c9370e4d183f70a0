"""Who reports: departments, HISPs and services."""

from datetime import date

import pytest

from hisps.models import Service
from tests import factories
from tests.dashboards.downloads import objects
from tests.factories import published_submission, submission, survey

pytestmark = pytest.mark.django_db


def test_department_is_a_row_with_the_number_of_its_hisps():
    factories.hisp("va-vha")
    factories.hisp("va-vba")
    factories.hisp("ssa-oo")
    assert objects("/data/departments.json") == [
        {"department": "ssa", "organization_name": "Department SSA", "abbreviation": "SSA", "hisps": 1},
        {"department": "va", "organization_name": "Department VA", "abbreviation": "VA", "hisps": 2},
    ]


def test_hisp_is_a_row_with_its_department_and_the_days_of_its_designation():
    factories.designation("va-vha", date(2018, 10, 1), date(2020, 9, 30))
    factories.designation("va-vha", date(2021, 10, 1))
    factories.designation("ssa-oo", date(2018, 10, 1), date(2020, 9, 30))
    found = {one["hisp"]: one for one in objects("/data/hisps.json")}
    assert found["va-vha"]["department"] == "va"
    assert (found["va-vha"]["designated_from"], found["va-vha"]["designated_to"]) == ("2018-10-01", None)
    assert (found["ssa-oo"]["designated_from"], found["ssa-oo"]["designated_to"]) == ("2018-10-01", "2020-09-30")


def test_hisp_that_was_never_designated_has_no_days():
    factories.hisp("va-vha")
    [one] = objects("/data/hisps.json")
    assert (one["designated_from"], one["designated_to"]) == (None, None)


@pytest.mark.parametrize("name", ["hisps", "services"])
def test_only_published_quarters_count(name):
    for quarter in ("2020-q4", "2021-q2", "2021-q3"):
        published_submission(
            "va-vha", quarter, surveys=[survey(trust=(0, 0, 0, 0, 9)), survey("Outpatient care", "B")]
        )
    submission("va-vha", "2021-q4", state="approved", surveys=[survey(trust=(0, 0, 0, 0, 9))])
    submission("va-vha", "2020-q1", state="withdrawn", surveys=[survey(trust=(0, 0, 0, 0, 9))])
    [one] = objects(f"/data/{name}.json")
    assert (one["quarters"], one["first_quarter"], one["latest_quarter"]) == (3, "2020-q4", "2021-q3")


@pytest.mark.parametrize("name", ["hisps", "services"])
def test_what_has_published_nothing_is_listed_without_quarters(name):
    Service.objects.create(hisp=factories.hisp("va-vha"), name="Care", slug="va-vha-care")
    [one] = objects(f"/data/{name}.json")
    assert (one["quarters"], one["first_quarter"], one["latest_quarter"]) == (0, "", "")


def test_services_narrow_to_a_hisp_and_to_one_of_them():
    for hisp in ("va-vha", "ssa-oo"):
        published_submission(hisp, surveys=[survey("A"), survey("B")])
    assert [one["service"] for one in objects("/data/services.json?hisp=va-vha")] == ["va-vha-a", "va-vha-b"]
    [one] = objects("/data/services.json?service=ssa-oo-b")
    assert (one["service_name"], one["hisp"], one["service_provider_name"]) == ("B", "ssa-oo", "Provider ssa-oo")
