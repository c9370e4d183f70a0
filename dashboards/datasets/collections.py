"""One row per survey with every question and its five counts, in exactly the columns of OMB's historic files, so that
import_history reads what we publish. A question without answers has five zeros and no score, as in those files."""

from collections.abc import Iterator

from dashboards.datasets import columns, figures
from dashboards.datasets.columns import COUNT, Column, Dataset, Row, Value, integer, number, text
from dashboards.datasets.selection import Selection
from dashboards.published import Published
from dashboards.surveys import PublishedSurvey
from reporting.domains import QUESTION_SLUGS, question_name
from reporting.scoring import Tally, for_display
from reporting.workbook import spec

_BEFORE_QUESTIONS = (
    integer("collection_year", "The fiscal year; FY2021 began on October 1, 2020.", source="Cover: Fiscal quarter"),
    integer("collection_quarter", "The quarter of the fiscal year.", "1 to 4.", "Cover: Fiscal quarter"),
    text("organization_name", columns.DEPARTMENT_THEN.meaning, source="Cover: Department"),
    text("service_provider_name", columns.HISP_NAME.meaning, source="Cover: HISP"),
    text("service_name", columns.SERVICE_NAME.meaning, source="Touchpoints: Service"),
    text("service_provided", columns.PROVIDED.meaning, source="Touchpoints: Service provided"),
    text("transaction_point", columns.TRANSACTION_POINT.meaning, source="Touchpoints: Transaction point"),
    text("channel", columns.CHANNEL.meaning, columns.CHANNEL.holds, "Touchpoints: Channel"),
    integer(
        "volume_of_customers", "People who interacted with this transaction point.", COUNT, "Touchpoints: Customers"
    ),
    integer(
        "volume_of_customers_provided_survey_opportunity",
        "People who were given the chance to answer.",
        COUNT,
        "Touchpoints: Offered the survey",
    ),
    integer("volume_of_respondents", "People who answered at least one question.", COUNT, "Touchpoints: Respondents"),
    text("omb_control_number", "The survey’s paperwork clearance.", "NNNN-NNNN.", "Touchpoints: OMB control number"),
    text("federal_register_url", "Address of the information collection.", source="Touchpoints: Collection URL"),
)


def _questions() -> Iterator[Column]:
    """q1 to q7 are the domains in their order, q8 to q11 an agency’s own questions."""
    for place, slug in enumerate(QUESTION_SLUGS, start=1):
        about = question_name(slug)
        yield text(f"q{place}_text", f"{about}: the question as asked.", source="Responses: Question as asked")
        for answer, header in enumerate(spec.ANSWER_HEADERS, start=1):
            meaning = f"{about}: people who answered {answer}."
            yield integer(f"q{place}_{answer}", meaning, "Five zeros: no answers.", f"Responses: {header}")
        meaning, holds = f"{about}: the mean of the answers.", "1.00 to 5.00; empty without answers."
        yield number(f"q{place}_point_scale", meaning, holds, "Computed from the counts")


def rows(selection: Selection) -> Iterator[Row]:
    for quarter in figures.by_quarter(selection):
        for submission in quarter:
            for one in figures.surveys(submission, selection):
                yield (*_survey_values(submission, one), *_question_values(one), one.survey.metrics_text)


def _survey_values(submission: Published, one: PublishedSurvey) -> Row:
    survey = one.survey
    return (
        *figures.of_hisp(submission.quarter, submission.hisp)[:-1],  # by name: OMB's files have no short one
        survey.service,
        *figures.offered(survey),
        survey.control_number,
        survey.collection_url,
    )


def _question_values(one: PublishedSurvey) -> Row:
    asked = {question.domain: question for question in one.survey.questions}
    values: list[Value] = []
    for slug in QUESTION_SLUGS:
        question = asked.get(slug)
        if question is None or question.no_data == "not_asked":
            values += _NOT_ASKED
        elif question.tally is None:
            values += (question.wording, *_NOT_ASKED[1:])
        else:
            score = question.tally.mean
            values += (question.wording, *question.tally.counts, None if score is None else for_display(score))
    return tuple(values)


_NOT_ASKED: Row = ("", *Tally().counts, None)


COLLECTIONS = Dataset(
    "collections",
    "Collections",
    "One row per survey: volumes, every question as asked, and its five counts. The columns are those of OMB’s "
    "historic files.",
    (
        *_BEFORE_QUESTIONS,
        *_questions(),
        text("operational_metrics", "Operational figures as free text, in files of the past."),
    ),
    ("fiscal_year", "quarter", "hisp", "service"),
    rows,
)
