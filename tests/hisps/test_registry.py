"""The known list loads twice without a change, and finds every name that OMB's files use."""

import csv
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from hisps import names, registry
from hisps.models import Department, Designation, Hisp, OtherName, Service, Touchpoint
from reporting.fiscal import FiscalQuarter

pytestmark = pytest.mark.django_db

OMB_FILE = Path(__file__).parents[3] / "shared/data/omb-cx-reporting-collections-fy2021q1-fy2022q2.csv"


def load() -> str:
    out = StringIO()
    call_command("load_registry", stdout=out)
    return out.getvalue()


@pytest.fixture
def loaded():
    load()


def slugs(quarter: str) -> set[str]:
    fiscal = FiscalQuarter.parse(quarter)
    designated = Hisp.objects.designated(fiscal.first_day, fiscal.last_day)
    return set(designated.values_list("slug", flat=True))


def test_loading_again_changes_nothing(loaded):
    before = [list(model.objects.order_by("pk").values()) for model in (Department, Hisp, OtherName, Service)]
    versions = Hisp.history.count()
    lines = load().splitlines()
    assert all(" 0 created" in line and line.endswith("0 different") for line in lines)
    assert [list(model.objects.order_by("pk").values()) for model in (Department, Hisp, OtherName, Service)] == before
    assert Hisp.history.count() == versions


def test_what_people_changed_stays_and_is_named(loaded):
    Hisp.objects.filter(slug="va-vha").update(abbreviation="VHA2")
    assert "abbreviation is “VHA2”, the list says “VHA”" in load()
    assert Hisp.objects.get(slug="va-vha").abbreviation == "VHA2"


def test_a_row_that_came_in_under_another_slug_is_not_added_twice(loaded):
    Service.objects.filter(slug="va-vba-contact-center").update(slug="va-vba-calls")
    assert "slug is “va-vba-calls”" in load()
    assert Hisp.objects.get(slug="va-vba").services.count() == 1


def test_every_change_says_where_it_came_from(loaded):
    reasons = {
        r for m in (Department, Hisp, Service) for r in m.history.values_list("history_change_reason", flat=True)
    }
    assert reasons == {"Loaded from the known list"}


def test_names_in_the_list_are_single_spaced(loaded):
    for model in (Department, Hisp, Service, OtherName):
        assert all(name == names.spaced(name) for name in model.objects.values_list("name", flat=True))


def test_twenty_five_hisps_were_designated_in_2020(loaded):
    assert len(slugs("2020-q4")) == 25
    assert {"doc-patents", "doc-trademarks", "hhs-marketplace", "hhs-medicare"} < slugs("2020-q4")


def test_designations_begin_and_end_on_their_days(loaded):
    assert {"doc-uspto", "hhs-cms"} < slugs("2021-q1")
    assert not {"doc-patents", "hhs-medicare"} & slugs("2021-q1")
    assert "gsa-pep" not in slugs("2021-q4")
    assert "gsa-pep" in slugs("2022-q1")
    assert not slugs("2018-q4")


def test_a_hisp_that_moved_department_is_designated_once(loaded):
    moved = Designation.objects.filter(hisp__slug="multi-rec").order_by("first_day")
    assert [each.department.slug for each in moved] == ["multi", "usda"]
    assert Hisp.objects.designated(date(2020, 9, 30), date(2020, 10, 1)).filter(slug="multi-rec").count() == 1


@pytest.mark.parametrize(
    ("department", "provider", "slug"),
    [
        ("Department of State", "Passport Services", "dos-ca"),
        ("Social Security Administration", "Social Security Administration", "ssa-oo"),
        ("Small Business Administration", "Small Business Administration", "sba-fo"),
        ("Department of Housing and Urban Development", "Housing and Urban Development", "hud-fha"),
        ("Department of Commerce", "United States Patent and Trademark Office", "doc-uspto"),
        ("U.S. Department of Health & Human Services", "Centers for Medicare and Medicaid Services", "hhs-cms"),
        ("General Services Administration", "Public Experience Portfolio", "gsa-pep"),
        ("U.S. Citizenship and Immigration Services", "Citizenship and Immigration Services", "dhs-uscis"),
        ("Department of Agriculture", "  recreation.GOV ", "multi-rec"),
        ("Department of Labor", "Office of Workers’ Compensation Programs.", "dol-deeoic"),
    ],
)
def test_a_hisp_is_found_under_the_names_of_the_files(loaded, department, provider, slug):
    assert registry.find_hisp(department, provider).slug == slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Internal Revenue Service", "treas"),
        ("Office of Personnel Management ", "opm"),
        ("U.S. Department of Health & Human Services", "hhs"),
        ("U.S. Citizenship and Immigration Services", "dhs"),
    ],
)
def test_a_department_is_found_under_the_names_of_the_files(loaded, name, slug):
    assert registry.find_department(name).slug == slug


def test_the_department_decides_between_two_hisps_of_one_name(loaded):
    other = registry.create_hisp("Department of Labor", "DOL", "Farm Service Agency", first_day=date(2020, 10, 1))
    assert registry.find_hisp("Department of Labor", "Farm Service Agency") == other
    assert registry.find_hisp("Department of Agriculture", "Farm Service Agency").slug == "usda-fsa"


def test_a_service_is_found_through_spaces_and_quotes(loaded):
    ssa, doi = Hisp.objects.get(slug="ssa-oo"), Hisp.objects.get(slug="doi-tbcc")
    assert (
        registry.find_service(ssa, "Accessing  Social Security services online").slug
        == "ssa-oo-social-security-online"
    )
    assert registry.find_service(doi, "Accessing “Beneficiary Services”").slug == "doi-tbcc-beneficiary-services"
    assert registry.find_service(doi, "Applying for a Patent") is None


def test_an_unknown_hisp_is_created_with_its_department_and_designation():
    hisp = registry.create_hisp("Railroad Retirement Board", "RRB", " Field  Service ", first_day=date(2021, 10, 1))
    assert (hisp.slug, hisp.name, hisp.department.abbreviation) == ("rrb-field-service", "Field Service", "RRB")
    assert hisp.designations.get().first_day == date(2021, 10, 1)
    assert hisp.history.get().history_change_reason == "Named in an imported file"


def test_generated_slugs_are_unique_and_fit():
    hisp = registry.create_hisp("Railroad Retirement Board", "RRB", "Field Service", first_day=date(2021, 10, 1))
    long = "Applying for every kind of benefit that there is and for some that there are not yet"
    first, second = (registry.create_service(hisp, f"{long} {n}") for n in (1, 2))
    assert first.slug != second.slug
    assert max(len(first.slug), len(second.slug)) <= 60


def test_a_department_without_abbreviation_gets_its_initials():
    hisp = registry.create_hisp("Railroad Retirement Board", "", "Field Service", first_day=date(2021, 10, 1))
    assert hisp.department.abbreviation == "RRB"


def test_loading_touches_no_touchpoint(loaded):
    assert not Touchpoint.objects.exists()


def test_every_provider_and_service_of_the_published_file_is_known(loaded):
    if not OMB_FILE.exists():
        pytest.skip("OMB’s published file is not here (../shared/data), so its names cannot be looked up.")
    with OMB_FILE.open(encoding="utf-8-sig", newline="") as file:
        names = {
            tuple(row[f"attributes_{column}_name"] for column in ("organization", "service_provider", "service"))
            for row in csv.DictReader(file)
        }
    hisps = {name: registry.find_hisp(*name[:2]) for name in names}
    assert [name for name, hisp in hisps.items() if hisp is None or registry.find_service(hisp, name[2]) is None] == []
    assert len({hisp.pk for hisp in hisps.values()}) == 23
    assert [name[0] for name in names if registry.find_department(name[0]) is None] == []


def test_a_hisp_that_a_file_named_first_is_adopted_instead_of_doubled():
    named = registry.create_hisp("Department of State", "DOS", "Passport Services", first_day=date(2020, 10, 1))
    call_command("load_registry")
    assert registry.find_hisp("", "Bureau of Consular Affairs") == named
    assert registry.find_hisp("", "Passport Services") == named
    assert not Hisp.objects.filter(slug="dos-ca").exists()
    assert named.services.filter(name="Passport Services").exists()
