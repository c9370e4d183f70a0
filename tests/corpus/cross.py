"""J: figures that are fine one by one and not together. What must be explained is accepted with its finding."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hisps.models import Hisp
from reporting.contents import Contents, Question, Survey
from reporting.domains import DOMAIN_BY_SLUG
from reporting.intake import receive
from reporting.models import Quarter
from reporting.workbook import spec
from tests import factories, people
from tests.corpus.base import Item
from tests.corpus.making import genuine, stamped, with_cells, with_contents
from tests.reporting.workbook.workbooks import QUARTER, SERVICES, cell_of, complete, contents, question, survey

DOMAINS = tuple(DOMAIN_BY_SLUG)
Prepare = Callable[[Hisp, Quarter], object]


def _all(*counts: int) -> tuple[Question, ...]:
    return tuple(question(slug, *counts) for slug in DOMAINS)


def _but(changed: Question, **fields: Any) -> Survey:
    made = survey(1, **fields)
    return replace(made, questions=tuple(changed if q.domain == changed.domain else q for q in made.questions))


def _before(*surveys: Survey) -> Prepare:
    """Last quarter’s published figures."""

    def prepare(hisp: Hisp, quarter: Quarter) -> None:
        factories.published_submission(hisp, QUARTER.previous.slug, surveys=surveys)

    return prepare


def _sent_before(hisp: Hisp, quarter: Quarter) -> None:
    """The same bytes, by the reporter of another HISP: there they are refused too."""
    other = factories.hisp("ssa-oo", name="Online Services")
    factories.expectation(other, quarter)
    receive(complete(), "theirs.xlsx", hisp=other, quarter=quarter, by=people.reporter(other))


def _newer_sent_after_it(hisp: Hisp, quarter: Quarter) -> None:
    """This very file, and then one with other figures, which is the draft."""
    by = people.reporter(hisp)
    for sent in (complete(), with_cells({"Touchpoints!F5": 900_008})()):
        assert receive(sent, "report.xlsx", hisp=hisp, quarter=quarter, by=by).submission is not None


def explained(
    id_: str, made: Survey | Contents, rule: str, says: str, cell: str = "", prepare: Prepare | None = None
) -> Item:
    whole = made if isinstance(made, Contents) else contents((made,))
    return Item("J", id_, with_contents(whole), rule, says, cell, is_accepted=True, prepare=prepare)


def refused(id_: str, made: Survey | Contents, rule: str, says: str, cell: str = "") -> Item:
    whole = made if isinstance(made, Contents) else contents((made,))
    return Item("J", id_, with_contents(whole), rule, says, cell)


FIVE = (38, 42, 120, 480, 1_100)  # of survey(1)
TOTAL = sum(FIVE)

ITEMS = [
    explained(
        "percentages",
        survey(1, respondents=18_366, questions=_all(20, 11, 11, 25, 33)),
        "percentages_as_counts",
        "They look like percentages.",
        "Responses!F5",
    ),
    explained(
        "percentages that add up to 99",
        _but(question("trust", 20, 11, 11, 25, 32)),
        "percentages_as_counts",
        "Trust 20/11/11/25/32",
        "Responses!F6",
    ),
    explained(
        "slip in percentages",
        survey(1, questions=(*_all(20, 11, 11, 25, 33)[:6], question("employee", 130, 5, 14, 20, 46))),
        "slip_in_percentages",
        "Employee 130/5/14/20/46",
        "Responses!F11",
    ),
    explained("index", _but(question("satisfaction", 86, 0, 0, 0, 0)), "average_as_count", "an average or an index"),
    explained("average", _but(question("satisfaction", 0, 0, 3, 0, 0)), "average_as_count", "Satisfaction 0/0/3/0/0"),
    explained(
        "one answer more than respondents",
        survey(1, respondents=TOTAL - 1),
        "answers_exceed_respondents",
        f"write {TOTAL:,} as respondents",
        "Touchpoints!H5",
    ),
    explained(
        "far more answers than respondents",
        survey(1, respondents=900),
        "answers_exceed_respondents",
        "more answers than the 900 respondents",
        "Responses!F5",
    ),
    refused(
        "respondents exceed offered",
        survey(1, offered=1_900),
        "respondents_exceed_offered",
        "2,007 people answered, but the survey was offered to 1,900.",
        "Touchpoints!H5",
    ),
    refused(
        "offered 0 with answers",
        survey(1, offered=0),
        "respondents_exceed_offered",
        "Leave the number offered blank if it is unknown; 0 means that nobody was asked.",
        "Touchpoints!G5",
    ),
    explained(
        "offered exceeds customers",
        survey(1, customers=30_000),
        "offered_exceeds_customers",
        "there were 30,000 customers",
        "Touchpoints!G5",
    ),
    explained(
        "everybody answered",
        survey(1, offered=2_007),
        "everybody_answered",
        "All 2,007 people",
        "Touchpoints!G5",
    ),
    explained(
        "an answer in between that nobody gave",
        _but(question("ease", 306, 393, 0, 1_705, 1_967), respondents=5_000),
        "other_scale",
        "Ease 306/393/0/1,705/1,967",
        "Responses!F8",
    ),
    explained("customers 0", survey(1, customers=0), "volume_missing", "customers is 0.", "Touchpoints!F5"),
    explained("offered blank", survey(1, offered=None), "volume_missing", "is unknown", "Touchpoints!G5"),
    explained(
        "all zero",
        survey(1, customers=0, offered=0, respondents=0, questions=()),
        "empty_survey",
        "no volumes and no answers",
        "Touchpoints!F5",
    ),
    explained(
        "identical to last quarter",
        survey(1),
        "same_as_last_quarter",
        "All answers are exactly the same as last quarter.",
        "Responses!F5",
        _before(survey(1)),
    ),
    explained(
        "one question identical to last quarter",
        _but(question("trust", 9, 9, 9, 9, 99)),
        "same_as_last_quarter",
        "The answers to Trust",
        "Responses!F6",
        _before(survey(1, questions=(question("trust", 9, 9, 9, 9, 99),))),
    ),
    explained(
        "volumes identical to last quarter",
        survey(1),
        "same_volumes_as_last_quarter",
        "All three volumes",
        "Touchpoints!F5",
        _before(survey(1)),
    ),
    explained(
        "ten times last quarter",
        survey(1),
        "volume_jump",
        "900,007 customers after 90,000",
        "Touchpoints!F5",
        _before(survey(1, customers=90_000)),
    ),
    explained(
        "a tenth of last quarter",
        survey(1),
        "volume_jump",
        "900,007 customers after 9,000,070",
        "Touchpoints!F5",
        _before(survey(1, customers=9_000_070)),
    ),
    explained(
        "one point holds everything",
        _but(question("ease", 0, 0, 0, 0, 1_780)),
        "one_point_only",
        "Ease 0/0/0/0/1,780",
        "Responses!F8",
    ),
    refused(
        "duplicate row",
        contents((survey(1), survey(2, service=survey(1).service, service_provided="appointment  1"))),
        "survey_twice",
        "Two rows are the same survey",
        "Touchpoints!C6",
    ),
    explained(
        "same figures under two services",
        contents((survey(1), survey(2, questions=survey(1).questions))),
        "same_figures_twice",
        f"those of “{SERVICES[1]}: Appointment 1”",
        "Responses!F16",
    ),
    explained(
        "same volumes under two services",
        contents((survey(1), survey(2, customers=900_007, offered=40_007, respondents=2_007))),
        "same_volumes_twice",
        "All three volumes",
        "Touchpoints!F6",
    ),
    refused(
        "counts without question",
        _but(replace(question("trust", *FIVE), wording="NONE")),
        "wording_missing",
        "There are answers, but no question: Trust (the cell says “NONE”).",
        "Responses!D6",
    ),
    explained(
        "ten-point wording",
        _but(question("trust", *FIVE, wording="On a scale of 1 to 10, how far do you trust us?")),
        "ten_point_wording",
        "Choose Ten-point",
        "Responses!D6",
    ),
    refused(
        "ten-point without conversion",
        survey(1, scale="ten_point"),
        "conversion_missing",
        "1 and 2 = 1, 3 and 4 = 2",
        cell_of(spec.TOUCHPOINTS, "conversion"),
    ),
    explained(
        "yes/no in a five-point survey",
        _but(question("ease", 630, 0, 0, 0, 410)),
        "other_scale",
        "Ease 630/0/0/0/410",
        "Responses!F8",
    ),
    explained(
        "three points in a five-point survey",
        _but(question("ease", 144, 0, 108, 0, 347)),
        "other_scale",
        "looks like another scale",
        "Responses!F8",
    ),
    explained(
        "scales mixed",
        replace(_but(question("ease", 630, 0, 0, 0, 410)), scale="yes_no", conversion="Yes = 5, No = 1"),
        "scale_contradicted",
        "The scale is yes/no, which becomes 1 and 5",
        "Responses!F5",
    ),
    explained(
        "trust missing without reason",
        survey(1, questions=tuple(q for q in survey(1).questions if q.domain != "trust")),
        "no_trust_answers",
        "explain why there are none",
    ),
    explained(
        "wording of another domain",
        _but(question("trust", *FIVE, wording="It took a reasonable amount of time.")),
        "wording_of_other_domain",
        "Trust reads like Efficiency",
        "Responses!D6",
    ),
    explained("few answers", _but(question("ease", 1, 2, 3, 4, 5)), "few_answers", "“few answers”", "Responses!F8"),
    explained("reflection missing", contents(1, reflection=""), "reflection_missing", "is blank", "Cover!B11"),
    refused("nothing at all", contents(0, metrics=(), indexes=()), "nothing_reported", "There is no survey"),
    Item(
        "J",
        "file of another HISP",
        stamped(genuine(hisp="ssa-oo")),
        "other_hisp",
        "This template was made for ssa-oo",
    ),
    Item("J", "bytes that another HISP sent", complete, is_accepted=True, prepare=_sent_before),
    Item("J", "older file after a newer one", complete, is_accepted=True, prepare=_newer_sent_after_it),
    Item(
        "J",
        "index above its scale",
        with_cells({"Index scores!B5": 830}),
        "index_above_scale",
        "the highest possible is 100",
        "Index scores!B5",
    ),
    Item(
        "J",
        "metric twice",
        with_cells({"Operations!A6": "Online transactions", "Operations!B6": 49, "Operations!D6": SERVICES[0]}),
        "metric_twice",
        "stands twice",
        "Operations!A6",
    ),
]
