import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from reporting.contents import Index, Metric
from reporting.domains import CONVERSIONS
from reporting.history.checks import GROUP as HISTORY
from reporting.models import Submission, SupportingDocument
from reporting.workbook.catalog import CHECKS
from tests import factories
from tests.factories import published_submission, submission, survey

pytestmark = pytest.mark.django_db
VHA = survey(
    customers=9_707_552,
    offered=1_774_363,
    respondents=320_979,
    satisfaction=(2302, 3118, 10615, 55358, 249586),
    no_data={"transparency": "not_asked", "employee": "no_answers"},
)
SCRIPT = "<script>alert(1)</script>"


def text(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return unescape(answer.content.decode()).replace("\xa0", " ")


@pytest.fixture
def vha():
    return published_submission("va-vha", "2021-q2", surveys=[VHA], reflection="Veterans want speed.")


def test_home_without_figures_says_so(client):
    assert "No quarter is published yet" in text(client, "/")


def test_home_shows_the_latest_published_quarter(client, vha):
    published_submission("va-vha", "2021-q1", surveys=[VHA])
    submission("va-vha", "2021-q3", state=Submission.State.APPROVED, surveys=[VHA])
    page = text(client, "/")
    assert "government-wide, FY2021 Q2" in page
    assert "FY2021 Q3" not in page


def test_home_shows_the_score_its_n_and_its_method(client, vha):
    page = text(client, "/")
    for words in ("4.70", "Pooled by responses", "320,979 answers", "1,774,363", "9,707,552", "18%"):
        assert words in page


def test_method_of_the_address_is_kept_in_links_to_hisps(client, vha):
    page = text(client, "/?method=mean-of-hisps")
    assert "/hisps/va-vha/2021-q2/?method=mean-of-hisps" in page
    assert 'href="?method=mean-of-hisps" aria-current="true"' in page


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "Not submitted"),
        ({"not_reporting": True, "not_reporting_reason": "System change."}, "Not reporting: System change."),
        ({"extended_to": timezone.now() + timedelta(days=9), "extension_reason": "A storm."}, "Not due yet"),
    ],
)
def test_hisp_without_figures_is_listed_with_the_reason(client, vha, fields, reason):
    factories.expectation("ssa-oo", "2021-q2", **fields)
    page = text(client, "/quarters/2021-q2/")
    assert reason in page
    assert "of 2 expected" in page


def test_hisp_in_a_quarter_shows_scores_volumes_reasons_and_source(client, vha):
    page = text(client, "/hisps/va-vha/2021-q2/")
    for words in (
        "4.70",
        "Left out: ",
        "Not asked in this survey",
        "Asked, but no answers were reported",
        "95% positive",
        "Veterans want speed.",
        "Revision 1, published",
        "va-vha.xlsx",
        vha.upload.sha256,
    ):
        assert words in page


def test_unknown_volume_is_unknown_with_its_reason(client):
    unknown = survey(offered=None, fields={"volume_notes": {"offered": "Typed as 0."}})
    published_submission(surveys=[unknown])
    page = text(client, "/hisps/va-vha/2021-q2/")
    assert "Unknown" in page
    assert "Typed as 0." in page


def test_index_scores_stand_on_their_own_scale_with_threshold_scope_and_footnote(client):
    index = Index(
        "ForeSee index",
        Decimal(85),
        threshold=Decimal(80),
        threshold_label="excellent",
        covers="Average of eight services",
        footnote="Rounded.",
    )
    published_submission("ssa-oo", "2019-q1", indexes=[Index("ForeSee index", Decimal(83))])
    published_submission("ssa-oo", "2019-q2", indexes=[index])
    page = text(client, "/hisps/ssa-oo/2019-q2/")
    for words in ("85", "of 100", "80 or above is “excellent”", "Average of eight services", "Rounded.", "83"):
        assert words in page
    assert "never averaged with scores from 1 to 5" in page


def test_index_of_several_services_is_their_plain_mean(client):
    rows = [Index("ForeSee", Decimal(80), service="iClaim"), Index("ForeSee", Decimal(85), service="iAppeals")]
    published_submission("ssa-oo", indexes=rows)
    page = text(client, "/hisps/ssa-oo/2021-q2/")
    assert "82.5" in page
    assert "Plain mean of 2 services, computed here" in page


def test_operational_metrics_stand_beside_those_of_the_neighboring_quarter(client):
    for quarter, value in (("2019-q1", 48), ("2019-q2", 49)):
        published_submission(
            "ssa-oo", quarter, metrics=[Metric("Transactions", Decimal(value), "million", footnote="Note.")]
        )
    page = text(client, "/hisps/ssa-oo/2019-q1/")
    for words in ("Transactions", "million", ">48<", ">49<", "FY2019 Q2", "Note."):
        assert words in page


def test_supporting_documents_are_links(client, vha):
    SupportingDocument.objects.create(
        hisp=vha.hisp, quarter=vha.quarter, title="Plan", url="https://example.gov/plan.pdf"
    )
    assert 'href="https://example.gov/plan.pdf"' in text(client, "/hisps/va-vha/2021-q2/")


def test_late_submission_is_marked_late(client):
    quarter = factories.quarter()
    published_submission("va-vha", quarter, surveys=[VHA], at=quarter.due_at + timedelta(days=12, hours=1))
    assert "Submitted 13 days after it was due on April 30, 2021" in text(client, "/hisps/va-vha/2021-q2/")


def test_days_late_are_those_of_the_review_desk(client):
    eight_days_of_24_hours_and_one_of_25 = timedelta(days=9, minutes=30)
    quarter = factories.quarter("2021-q4")
    published_submission("va-vha", quarter, surveys=[VHA], at=quarter.due_at + eight_days_of_24_hours_and_one_of_25)
    assert "Submitted 9 days after it was due on October 30, 2021" in text(client, "/hisps/va-vha/2021-q4/")


def test_hisp_over_time_keeps_the_missing_quarter_as_a_gap(client, vha):
    published_submission("va-vha", "2020-q4", surveys=[VHA])
    page = text(client, "/hisps/va-vha/")
    assert "Nothing is published for this quarter" in page
    assert "FY21 Q1: no score" in page


def test_hisp_without_figures_has_a_page(client):
    factories.hisp("ssa-oo")
    assert "Nothing is published for this provider yet" in text(client, "/hisps/ssa-oo/")


def test_service_page_shows_its_surveys(client, vha):
    assert "Outpatient survey" in text(client, "/services/va-vha-outpatient-care/")


def test_domain_page_shows_every_hisp(client, vha):
    published_submission("ssa-oo", surveys=[survey(trust=(0, 0, 0, 0, 9))])
    page = text(client, "/domains/satisfaction/")
    assert "Provider va-vha" in page
    assert "Provider ssa-oo" in page


def test_domain_page_says_when_its_quarter_is_not_complete(client):
    published_submission("ssa-oo", "2021-q1", surveys=[VHA])
    published_submission(when=factories.quarter("2021-q2", opened_at=timezone.now()), surveys=[VHA])
    factories.expectation("ssa-oo", "2021-q2")
    page = text(client, "/domains/trust/")
    assert 'FY2021 Q2 is not complete yet; <a href="/quarters/2021-q1/">FY2021 Q1</a> is the last complete' in page


def test_survey_that_may_not_be_published_says_so_instead_of_a_score(client):
    hidden = survey(
        satisfaction=(0, 0, 0, 0, 7777), fields={"publishable": False, "publishable_reason": "Old clearance."}
    )
    published_submission(surveys=[hidden])
    page = text(client, "/hisps/va-vha/2021-q2/")
    assert "does not allow its answers to be published. Old clearance." in page
    assert "7,777" not in page


def test_few_answers_are_marked(client):
    published_submission(surveys=[survey(trust=(0, 0, 0, 0, 9))])
    assert "few answers" in text(client, "/")


def test_texts_of_reporters_are_escaped_everywhere(client):
    hostile = survey(
        SCRIPT, SCRIPT, trust=(1, 1, 1, 1, 1), wordings={"trust": SCRIPT}, fields={"metrics_text": SCRIPT}
    )
    published_submission(
        factories.hisp(name=SCRIPT),
        surveys=[hostile],
        reflection=SCRIPT,
        metrics=[Metric(SCRIPT, Decimal(1), SCRIPT, footnote=SCRIPT)],
        indexes=[Index(SCRIPT, Decimal(1), covers=SCRIPT, footnote=SCRIPT)],
    )
    for address in ("/", "/hisps/", "/hisps/va-vha/", "/hisps/va-vha/2021-q2/", "/domains/trust/", "/data/"):
        assert SCRIPT not in client.get(address).content.decode()


def test_address_of_a_collection_is_a_link_only_when_it_is_a_web_address(client):
    published_submission(surveys=[survey(fields={"collection_url": "javascript:alert(1)"})])
    assert "javascript:" not in text(client, "/hisps/va-vha/2021-q2/")


def test_each_of_several_addresses_of_a_collection_is_a_link(client):
    both = "https://www.reginfo.gov/a\t\n https://www.reginfo.gov/b"
    published_submission(surveys=[survey(fields={"collection_url": both})])
    page = text(client, "/hisps/va-vha/2021-q2/")
    for address in ("a", "b"):
        assert f'href="https://www.reginfo.gov/{address}"' in page


def test_header_leads_everybody_to_their_work(client):
    assert "Sign in" in text(client, "/methods/")
    client.force_login(get_user_model().objects.create_user("ann"))
    assert "My reporting" in text(client, "/methods/")
    client.force_login(get_user_model().objects.create_user("omb", is_staff=True))
    assert "Review desk" in text(client, "/methods/")


def test_sign_in_page_says_when_the_password_is_wrong(client):
    answer = client.post(reverse("login"), {"username": "ann", "password": "wrong"})
    assert "do not match an account" in answer.content.decode()


def test_pages_carry_no_inline_script_or_style(client, vha):
    for address in (
        "/",
        "/hisps/",
        "/hisps/va-vha/",
        "/hisps/va-vha/2021-q2/",
        "/domains/trust/",
        "/methods/",
        "/data/",
    ):
        page = client.get(address).content.decode()
        assert "<script" not in page
        assert "style=" not in page
        assert "<style" not in page


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


@pytest.mark.parametrize(
    "address",
    [
        "about",
        "accessibility",
        "compare",
        "corrections",
        "data",
        "departments",
        "hisps",
        "methods",
        "quarters",
        "search",
    ],
)
def test_header_or_footer_leads_to_every_room(client, address):
    assert f'href="/{address}/"' in text(client, "/methods/")


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/about/",
        "/accessibility/",
        "/compare/?of=va-vha",
        "/departments/",
        "/departments/va/",
        "/domains/trust/",
        "/hisps/",
        "/hisps/va-vha/",
        "/hisps/va-vha/2021-q2/",
        "/methods/",
        "/quarters/",
        "/quarters/2021-q2/",
        "/search/",
        "/services/va-vha-outpatient-care/",
    ],
)
def test_page_has_one_heading_a_title_of_its_own_crumbs_and_a_canonical_address(client, settings, vha, address):
    settings.SITE_URL = "https://hisp.example.gov"
    page = text(client, address)
    assert page.count("<h1") == 1
    assert "<title>Customer feedback on Federal services |" not in page
    assert ('aria-label="Breadcrumbs"' in page) is (address != "/")
    assert f'<link rel="canonical" href="https://hisp.example.gov{address}">' in page


def test_all_ways_to_combine_have_one_canonical_address(client, vha):
    assert '/hisps/va-vha/">' in text(client, "/hisps/va-vha/?method=mean-of-hisps")


def test_hisp_page_tells_change_volumes_concentration_scale_and_leads_to_a_comparison(client):
    published_submission("va-vha", "2021-q1", surveys=[VHA])
    ten = survey("Phone", trust=(0, 0, 0, 0, 9), fields={"scale": "ten_point", "conversion": "Halved."})
    published_submission("va-vha", "2021-q2", surveys=[VHA, ten, survey("Web", satisfaction=(0, 0, 0, 0, 9))])
    page = text(client, "/hisps/va-vha/")
    for words in (
        "since FY2021 Q1",
        "over the 1 survey present in both",
        "9,727,552",
        "1 of 2 surveys holds 100% of the answers on satisfaction",
        "Answered on: five-point and ten-point",
        "“Halved.”",
        'href="/compare/?of=va-vha"',
    ):
        assert words in page


def test_hisp_page_has_the_newest_index_with_its_threshold_over_time(client):
    index = Index("ForeSee index", Decimal(85), threshold=Decimal(80), threshold_label="excellent")
    published_submission("ssa-oo", "2019-q1", indexes=[Index("ForeSee index", Decimal(83))])
    published_submission("ssa-oo", "2019-q2", indexes=[index])
    published_submission("ssa-oo", "2019-q3", surveys=[VHA])
    page = text(client, "/hisps/ssa-oo/")
    for words in ("From <a", "FY2019 Q2", "80 or above is “excellent”", "FY2019 Q1", "83"):
        assert words in page


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/departments/",
        "/departments/va/",
        "/domains/satisfaction/",
        "/hisps/",
        "/hisps/va-vha/",
        "/hisps/va-vha/2021-q2/",
        "/quarters/",
        "/quarters/2021-q2/",
        "/services/va-vha-outpatient-care/",
    ],
)
def test_links_from_page_to_page_keep_the_method(client, address):
    """All links to pages with a combined score; header, footer and files of the data go their own way."""
    published_submission("va-vha", "2021-q1", surveys=[VHA, survey(provided="Phone", satisfaction=(1, 1, 1, 1, 1))])
    published_submission("va-vha", "2021-q2", surveys=[VHA, survey(provided="Phone", satisfaction=(1, 1, 1, 1, 1))])
    page = text(client, f"{address}?method=mean-of-surveys")
    body = page[page.index('class="page"') : page.index("<footer")]
    rooms = r'href="(/|/(?:departments|domains|hisps|quarters|services)/[^"]*)"'
    pages = [found for found in re.findall(rooms, body) if "/charts/" not in found]
    assert pages
    assert [found for found in pages if not found.partition("#")[0].endswith("?method=mean-of-surveys")] == []
