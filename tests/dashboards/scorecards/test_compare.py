"""Up to four HISPs or services side by side."""

from html import unescape

import pytest

from dashboards.scorecards import compare_page
from hisps.models import Service
from reporting.fiscal import FiscalQuarter
from reporting.scoring import DEFAULT_METHOD
from tests import factories
from tests.factories import published_submission, survey

pytestmark = pytest.mark.django_db
LOW, HIGH = (20, 20, 20, 20, 20), (0, 0, 0, 50, 50)
PHONE = "service:va-one-phone"


@pytest.fixture
def two():
    surveys = [survey(trust=LOW, wordings={"trust": "I trust VA."}), survey("Phone", trust=LOW)]
    published_submission("va-one", "2021-q2", surveys=surveys)
    published_submission("ssa-two", "2021-q2", surveys=[survey(trust=HIGH, wordings={"trust": "I trust SSA"})])


def compared(*words, quarter=None, method=DEFAULT_METHOD):
    return compare_page(words, FiscalQuarter.parse(quarter) if quarter else None, method)


def row(page, name):
    return next(row for row in page.rows if row.name == name)


def cautions(page):
    return [one.title for one in page.cautions]


def test_scores_stand_side_by_side_with_how_far_they_are_apart(two):
    first, second = row(compared("va-one", "ssa-two"), "Trust").cells
    assert (first.text, first.words) == ("3.00", "")
    assert (second.text, second.apart) == ("4.50", "+1.50")
    assert second.words == "more than the margin of error, ±\xa00.22"


def test_small_difference_is_within_the_margin_of_error(two):
    published_submission("usda-near", "2021-q2", surveys=[survey(trust=(19, 20, 20, 20, 21))])
    assert row(compared("va-one", "usda-near"), "Trust").cells[1].words.startswith("within the margin of error")


def test_part_of_a_hisp_is_not_told_apart_from_it(two):
    cell = row(compared("va-one", PHONE), "Trust").cells[1]
    assert (cell.text, cell.apart, cell.words) == ("3.00", "", "One is a part of the other")


def test_two_services_of_one_hisp_are_told_apart(two):
    assert row(compared("service:va-one-outpatient-care", PHONE), "Trust").cells[1].apart == "0.00"


def test_services_of_one_name_are_told_apart_by_their_hisps(two):
    page = compared("service:va-one-outpatient-care", "service:ssa-two-outpatient-care", PHONE)
    assert [column.subject.name for column in page.columns] == [
        "Outpatient care (Provider va-one)",
        "Outpatient care (Provider ssa-two)",
        "Phone",
    ]


def test_quarters_to_choose_from_are_those_that_a_services_own_hisp_reported(two):
    factories.hisp("usda-new")
    Service.objects.filter(slug="va-one-phone").update(hisp=factories.hisp("usda-new"))
    assert compared(PHONE).form.quarters == ()


def test_combined_scores_of_other_domains_are_compared_over_those_that_all_have(two):
    published_submission("usda-more", "2021-q2", surveys=[survey(trust=HIGH, ease=LOW)])
    page = compared("ssa-two", "usda-more")
    assert row(page, "Combined").cells[1].words == "Different domains"
    common = row(page, "Over the domains that all have")
    assert (common.note, [cell.text for cell in common.cells]) == ("Trust", ["4.50", "4.50"])
    assert "Different domains in the combined score" in cautions(page)


def test_wordings_that_differ_are_told_and_listed(two):
    page = compared("va-one", "ssa-two")
    assert "Wordings differ" in cautions(page)
    assert page.wordings[0].asked[1] == ("Provider ssa-two", ("I trust SSA",))


def test_spellings_of_one_wording_are_one():
    for slug, wording in (("va-one", "I’m satisfied."), ("ssa-two", "i'm  satisfied")):
        published_submission(slug, surveys=[survey(satisfaction=LOW, wordings={"satisfaction": wording})])
    page = compared("va-one", "ssa-two")
    assert "Wordings differ" not in cautions(page)
    assert not page.wordings[0].differs


def test_services_of_one_name_tell_their_own_wordings(two):
    page = compared("service:va-one-outpatient-care", "service:ssa-two-outpatient-care")
    assert [wording for _, wording in page.wordings[0].asked] == [("I trust VA.",), ("I trust SSA",)]


def test_wordings_that_nobody_knows_are_told():
    for slug in ("va-one", "ssa-two"):
        published_submission(slug, surveys=[survey(trust=LOW, wordings={"trust": ""})])
    assert cautions(compared("va-one", "ssa-two")) == ["Wordings not known"]


def test_other_scale_is_told_with_its_conversion(two):
    ten = survey(trust=LOW, fields={"scale": "ten_point", "conversion": "Halved and rounded up"})
    published_submission("usda-ten", surveys=[ten])
    caution = next(one for one in compared("va-one", "usda-ten").cautions if one.title == "Scales differ")
    assert "Provider usda-ten: ten-point. How it was converted: Halved and rounded up" in caution.lines


def test_few_answers_are_told(two):
    published_submission("usda-few", surveys=[survey(trust=(0, 0, 0, 0, 9))])
    assert "Few answers" in cautions(compared("va-one", "usda-few"))


def test_quarter_is_the_newest_that_all_have(two):
    published_submission("va-one", "2021-q3", surveys=[survey(trust=HIGH)])
    assert compared("va-one", "ssa-two").quarter.slug == "2021-q2"
    assert compared("va-one").quarter.slug == "2021-q3"


def test_quarter_of_the_address_wins_and_who_has_none_is_told(two):
    published_submission("va-one", "2021-q3", surveys=[survey(trust=HIGH)])
    page = compared("va-one", "ssa-two", quarter="2021-q3")
    assert page.quarter.slug == "2021-q3"
    assert "No figures" in cautions(page)
    assert row(page, "Trust").cells[1].text == ""


def test_hisp_without_figures_can_be_chosen():
    factories.hisp("va-none")
    page = compared("va-none")
    assert page.quarter is None
    assert page.status == 200


def test_combined_scores_over_time_keep_gaps(two):
    published_submission("va-one", "2020-q4", surveys=[survey(trust=HIGH)])
    lines = compared("va-one", "ssa-two").lines
    assert [[point.text for point in line.points] for line in lines] == [["4.50", "", "3.00"], ["", "", "4.50"]]


def test_methods_keep_the_address_and_the_address_keeps_the_method(two):
    page = compared("va-one", PHONE, quarter="2021-q2", method="mean-of-surveys")
    assert [one.query for one in page.methods if one.chosen] == [
        f"?of=va-one&of={PHONE}&quarter=2021-q2&method=mean-of-surveys"
    ]


def test_form_offers_what_has_figures(two):
    factories.hisp("va-none")
    assert [(one.name, len(one.options)) for one in compared().form.choices] == [
        ("Provider ssa-two", 2),
        ("Provider va-one", 3),
    ]


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("", 200, "Choose up to four"),
        ("?of=&of=", 200, "Choose up to four"),
        ("?of=va-one&of=nobody", 404, "There is no HISP or service “nobody”."),
        ("?of=service:va-one", 404, "There is no HISP or service “service:va-one”."),
        ("?of=va-one&of=va-one", 400, "“va-one” is named twice"),
        ("?of=a&of=b&of=c&of=d&of=e", 400, "Up to four can be compared; the address names 5"),
        ("?of=va-one&quarter=2035-q1", 404, "None of these has figures for FY2035 Q1"),
        ("?of=va-one&quarter=soon", 400, "soon"),
        ("?of=va-one&method=magic", 400, "There is no method “magic”"),
        ("?of=%00%ff<b>", 404, "There is no HISP or service"),
    ],
)
def test_what_cannot_be_compared_is_a_page_with_help(client, two, query, status, sentence):
    answer = client.get(f"/compare/{query}")
    assert answer.status_code == status
    assert sentence in unescape(answer.content.decode())


def test_form_keeps_what_was_right_when_something_was_wrong(client, two):
    page = client.get("/compare/?of=va-one&of=nobody").content.decode()
    assert '<option value="va-one" selected>' in page


def test_page_shows_scores_cautions_and_the_lasting_address(client, two):
    page = unescape(client.get("/compare/?of=va-one&of=ssa-two&method=mean-of-surveys").content.decode())
    for words in ("Provider va-one and Provider ssa-two", "+1.50", "Wordings differ", "“I trust SSA”", "Over time"):
        assert words in page
    assert '/compare/?of=va-one&of=ssa-two">' in page  # the canonical address
