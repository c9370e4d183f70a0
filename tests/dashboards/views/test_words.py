"""Pages of words: methods, checks, the dictionary, about."""

import pytest

from reporting.domains import CONVERSIONS
from reporting.history.checks import GROUP as HISTORY
from reporting.workbook.catalog import CHECKS
from tests.dashboards.views.reading import text

pytestmark = pytest.mark.django_db


def test_data_page_leads_to_the_dictionary_and_the_checks(client):
    page = text(client, "/data/")
    assert 'href="/data/dictionary/"' in page
    assert 'href="/data/checks/"' in page


def test_every_check_is_on_the_page_with_its_severity_example_and_fix(client):
    page = text(client, "/data/checks/")
    for check in (*CHECKS.values(), *HISTORY.checks):
        for words in (check.looks_for, check.why, check.bad, check.good, check.fix, check.severity_words):
            assert words in page, check.name
    assert f"the same {len(CHECKS)} checks" in page


def test_every_column_is_on_the_page_and_in_the_file(client):
    page, file = text(client, "/data/dictionary/"), text(client, "/data/dictionary.csv")
    for words in ("Offered the survey", "q11_point_scale", "surveys_left_out", "Yes/no", "Mobile app"):
        assert words in page
        assert words in file


def test_methods_tell_how_other_scales_become_1_to_5(client):
    page = text(client, "/methods/")
    for conversion in CONVERSIONS.values():
        assert conversion in page


def test_about_and_accessibility_name_whom_to_write_to(client, settings):
    settings.CONTACT_EMAIL = "feedback@example.gov"
    for address in ("/about/", "/accessibility/"):
        assert 'href="mailto:feedback@example.gov"' in text(client, address)


def test_accessibility_statement_names_the_standard_and_its_limits(client):
    page = text(client, "/accessibility/")
    for words in ("WCAG) 2.2, level AA", "How it is tested", "Known limits"):
        assert words in page
