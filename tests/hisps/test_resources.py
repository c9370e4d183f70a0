"""Registry files go out harmless to spreadsheets and come back without a difference."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from hisps import resources
from hisps.models import Department, Designation, Hisp, Service
from tests import factories

pytestmark = pytest.mark.django_db

EVIL = '=HYPERLINK("http://example.com","x")'
FORMULAS = [EVIL, "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"]


def export(resource, file_format):
    return file_format.export_data(resource().export())


def read(resource, text, **kwargs):
    return resource().import_data(resources.Csv().create_dataset(text), raise_errors=False, **kwargs)


def outcomes(result):
    return {kind: n for kind, n in result.totals.items() if n}


def messages(result):
    invalid = [str(message) for row in result.invalid_rows for message in row.error.messages]
    return invalid + [str(error.error) for _, errors in result.row_errors() for error in errors]


@pytest.fixture
def hisp():
    hisp = factories.hisp("va-vha", name=EVIL)
    Service.objects.create(hisp=hisp, name="@cmd", slug="va-vha-cmd")
    factories.designation(hisp)
    return hisp


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_a_spreadsheet_would_run_is_made_text_and_back(formula):
    assert resources.neutral(formula) == f"'{formula}"
    assert resources.plain(resources.neutral(formula)) == formula


@pytest.mark.parametrize("text", ["Veterans", "'quoted'", "", "1-2", None, -5, date(2020, 1, 1)])
def test_other_values_stay_what_they_are(text):
    assert resources.plain(resources.neutral(text)) == text


def test_a_formula_is_text_in_a_csv_file(hisp):
    assert "\"'=HYPERLINK" in export(resources.HispResource, resources.Csv())


def test_a_formula_is_text_in_a_workbook(hisp):
    sheet = load_workbook(BytesIO(export(resources.HispResource, resources.Xlsx()))).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert f"'{EVIL}" in [cell.value for cell in cells]
    assert "f" not in {cell.data_type for cell in cells}


@pytest.mark.parametrize(
    "resource",
    [
        resources.DepartmentResource,
        resources.HispResource,
        resources.ServiceResource,
        resources.DesignationResource,
    ],
)
def test_an_export_comes_back_without_a_difference(hisp, resource):
    before = list(resource._meta.model.objects.values())
    result = read(resource, export(resource, resources.Csv()))
    assert outcomes(result) == {"skip": len(before)}
    assert list(resource._meta.model.objects.values()) == before
    assert resource._meta.model.history.filter(history_type="~").count() == 0


def test_a_new_row_is_added_with_its_reason(hisp):
    result = read(resources.HispResource, "slug,department,abbreviation,name,mission\nva-vba,va,VBA, Benefits  X ,\n")
    assert outcomes(result) == {"new": 1}
    added = Hisp.objects.get(slug="va-vba")
    assert added.name == "Benefits X"
    assert added.history.get().history_change_reason == "Imported from a file"


def test_days_are_read_as_excel_writes_them(hisp):
    read(resources.DesignationResource, "hisp,department,first_day,last_day\nva-vha,va,10/1/2018,9/30/2024\n")
    assert Designation.objects.get().last_day == date(2024, 9, 30)


@pytest.mark.parametrize(
    ("resource", "rows", "sentence"),
    [
        (
            resources.HispResource,
            "slug,department,abbreviation,name,mission\nva-x,nope,X,X,\n",
            "There is no department with the slug “nope”. Add it first, or correct the slug.",
        ),
        (
            resources.HispResource,
            "slug,department,abbreviation,name,mission\nva-x,,X,X,\n",
            "The department is missing. Write its slug in the column “department”.",
        ),
        (
            resources.HispResource,
            "slug,name\nva-x,X\n",
            "This is missing. Write it in the column “department”.",
        ),
        (
            resources.DesignationResource,
            "hisp,department,first_day,last_day\nva-vha,va,soon,\n",
            "“soon” is not a day. Write it like 2021-10-01.",
        ),
        (
            resources.HispResource,
            "slug,department,abbreviation,name,mission\nva x,va,X,X,\n",
            "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
        ),
    ],
)
def test_a_bad_row_is_named_in_a_sentence_and_nothing_is_saved(hisp, resource, rows, sentence):
    before = resource._meta.model.objects.count()
    assert sentence in messages(read(resource, rows))
    assert resource._meta.model.objects.count() == before


def test_workbooks_are_for_export_only():
    """A workbook is opened by nothing but the guarded reader of reporting.workbook."""
    assert not resources.Xlsx().can_import()
    assert resources.Csv().can_import()


def test_departments_are_found_by_slug(hisp):
    read(resources.DepartmentResource, "slug,abbreviation,name\nva,VA,Department of Veterans Affairs\n")
    assert Department.objects.get(slug="va").name == "Department of Veterans Affairs"
