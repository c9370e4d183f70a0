"""The answers in the long form: one row per survey and question, with the wording as asked and why there is nothing
where there is nothing. Every survey has a row for each of the seven domains; not asked is not zero."""

from collections.abc import Iterator

from dashboards import formats
from dashboards.datasets import columns, figures
from dashboards.datasets.columns import COUNT, Dataset, Row, boolean, day, integer, number, text
from dashboards.datasets.selection import Selection
from dashboards.published import Published
from dashboards.surveys import PublishedSurvey
from reporting.contents import Question
from reporting.domains import DOMAIN_BY_SLUG, EXTRA_SLUGS, QUESTION_SLUGS
from reporting.fiscal import EASTERN
from reporting.scoring import Tally, for_display

COLUMNS = (
    *columns.OF_HISP,
    columns.SERVICE_NAME,
    columns.SERVICE,
    columns.SURVEY,
    columns.PROVIDED,
    columns.TRANSACTION_POINT,
    columns.CHANNEL,
    integer("customers", "People who interacted with this transaction point.", COUNT),
    integer("offered", "People who were given the chance to answer.", COUNT),
    integer("respondents", "People who answered at least one question.", COUNT),
    text("domain", "What the question measures.", "A domain, such as trust, or extra_1 to extra_4."),
    text("question", "The question as asked.", "Empty where it is not known."),
    integer("strongly_disagree", "People who answered 1.", "0 or more; empty without answers."),
    integer("disagree", "People who answered 2.", "0 or more; empty without answers."),
    integer("neither", "People who answered 3.", "0 or more; empty without answers."),
    integer("agree", "People who answered 4.", "0 or more; empty without answers."),
    integer("strongly_agree", "People who answered 5.", "0 or more; empty without answers."),
    integer("answers", "People who answered the question.", "0 or more."),
    number("score", "The mean of the answers, rounded half up.", "1.00 to 5.00; empty without answers."),
    number("share_positive", "Answers of 4 and 5 as a share of all.", "0 to 1; empty without answers."),
    text("no_answers_reason", "Why there are no answers; empty where there are some."),
    text("scale", "The scale on which people answered.", "five_point, ten_point, three_point or yes_no."),
    text("conversion", "How these answers became 1 to 5, where the HISP says so."),
    boolean("publishable", "Whether the survey’s clearance allows its answers to be published."),
    integer("revision", "Of the HISP’s report for the quarter; above 1 it is a correction."),
    integer("publication", "The number of the publication in which it became public."),
    day("published_on", "The day on which it became public, in US Eastern."),
)


def rows(selection: Selection) -> Iterator[Row]:
    for quarter in figures.by_quarter(selection):
        for submission in quarter:
            for one in figures.surveys(submission, selection):
                yield from _of_survey(submission, one, selection)


def _of_survey(submission: Published, one: PublishedSurvey, selection: Selection) -> Iterator[Row]:
    before, after = _before(submission, one), _after(submission, one)
    asked = {question.domain: question for question in one.survey.questions}
    for slug in (selection.domain,) if selection.domain else QUESTION_SLUGS:
        if slug in DOMAIN_BY_SLUG or slug in asked:
            yield (*before, *_question(one, asked.get(slug), slug), *after)


def _before(submission: Published, one: PublishedSurvey) -> Row:
    survey = one.survey
    return (
        *figures.of_hisp(submission.quarter, submission.hisp),
        survey.service,
        one.service,
        one.slug,
        *figures.offered(survey),
    )


def _question(one: PublishedSurvey, question: Question | None, slug: str) -> Row:
    wording, tally = (question.wording, question.tally) if question else ("", None)
    score, positive = (tally.mean, tally.share_positive) if tally else (None, None)
    if tally is None or score is None or positive is None:
        return (slug, wording, *_NO_COUNTS, 0, None, None, _reason(one, question))
    return (slug, wording, *tally.counts, tally.n, for_display(score), for_display(positive, 4), "")


_NO_COUNTS = (None,) * len(Tally().counts)


def _reason(one: PublishedSurvey, question: Question | None) -> str:
    silent = question.no_data if question else "" if one.survey.publishable else "not_publishable"
    return formats.reason(silent or "not_asked")


def _after(submission: Published, one: PublishedSurvey) -> Row:
    published_on = submission.published_at.astimezone(EASTERN).date()
    survey = one.survey
    provenance = (submission.revision, submission.publication, published_on)
    return (survey.scale, survey.conversion, survey.publishable, *provenance)


RESPONSES = Dataset(
    "responses",
    "Responses",
    "One row per survey and question: the wording as asked, the five counts, and why there are no answers if so.",
    COLUMNS,
    ("fiscal_year", "quarter", "hisp", "service", "domain"),
    rows,
    domains=(*DOMAIN_BY_SLUG, *EXTRA_SLUGS),
)
