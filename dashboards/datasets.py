"""The published figures as rows: every survey with its counts, and every score at every level of combination.

`collections` has exactly the columns of OMB's historic files, so that import_history reads what we publish. What is
unknown is None; a question without answers has five zeros and no score, as in those files.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dashboards import formats
from dashboards.margins import mean_margin
from dashboards.published import Published
from dashboards.scores import no_score_reason
from dashboards.surveys import Group, PublishedSurvey
from reporting.domains import QUESTION_SLUGS, SEVEN_DOMAINS
from reporting.scoring import DEFAULT_METHOD, METHODS, Score, for_display

Value = str | int | Decimal | None
Row = tuple[Value, ...]


@dataclass(frozen=True)
class Dataset:
    """`texts` are the columns that hold text; all others hold numbers."""

    slug: str
    title: str
    sentence: str
    columns: tuple[str, ...]
    texts: frozenset[str]
    rows: Callable[[Iterable[Published]], Iterator[Row]]


_BEFORE_QUESTIONS = (
    "collection_year",
    "collection_quarter",
    "organization_name",
    "service_provider_name",
    "service_name",
    "service_provided",
    "transaction_point",
    "channel",
    "volume_of_customers",
    "volume_of_customers_provided_survey_opportunity",
    "volume_of_respondents",
    "omb_control_number",
    "federal_register_url",
)
_QUESTIONS = tuple(
    f"q{number}_{part}"
    for number in range(1, len(QUESTION_SLUGS) + 1)
    for part in ("text", "1", "2", "3", "4", "5", "point_scale")
)


def _collections(submissions: Iterable[Published]) -> Iterator[Row]:
    for submission in submissions:
        for one in submission.surveys:
            yield (*_survey_values(submission, one), *_question_values(one), one.survey.metrics_text)


def _survey_values(submission: Published, one: PublishedSurvey) -> Row:
    survey = one.survey
    return (
        submission.quarter.fiscal_year,
        submission.quarter.number,
        submission.hisp.department,
        submission.hisp.name,
        survey.service,
        survey.service_provided,
        survey.transaction_point,
        survey.channel,
        survey.customers,
        survey.offered,
        survey.respondents,
        survey.control_number,
        survey.collection_url,
    )


def _question_values(one: PublishedSurvey) -> Row:
    values: list[Value] = []
    for slug in QUESTION_SLUGS:
        question, tally = one.survey.question(slug), one.survey.tally(slug)
        wording = question.wording if question and (tally.n or question.no_data != "not_asked") else ""
        values += [wording, *tally.counts, _rounded(tally.mean, 2)]
    return tuple(values)


_SCORE_TEXTS = (
    "level",
    "organization_name",
    "service_provider_name",
    "hisp",
    "service_name",
    "service",
    "service_provided",
    "channel",
    "domain",
    "method",
    "no_score_reason",
)
_SCORE_COLUMNS = (
    "fiscal_year",
    "fiscal_quarter",
    *_SCORE_TEXTS[:-1],
    "score",
    "margin",
    "share_positive",
    "answers",
    "surveys",
    "hisps",
    "surveys_left_out",
    "no_score_reason",
)
_METHODS_OF: dict[str, tuple[str, ...]] = {  # those that can differ; one HISP is its own mean of HISPs
    "government": tuple(METHODS),
    "department": tuple(METHODS),
    "hisp": ("pooled", "mean-of-surveys", "by-customers"),
    "service": ("pooled", "mean-of-surveys", "by-customers"),
    "survey": (DEFAULT_METHOD,),
}
Entity = tuple[str, tuple[str, ...], Group]  # level, its names in the order of the columns, surveys


def _scores(submissions: Iterable[Published]) -> Iterator[Row]:
    by_quarter: dict[tuple[int, int], list[Published]] = {}
    for one in submissions:
        by_quarter.setdefault((one.quarter.fiscal_year, one.quarter.number), []).append(one)
    for quarter, own in by_quarter.items():
        # A HISP with one service, and a service with one survey, have the same scores: one group, made once.
        made: dict[tuple[int, str], list[Row]] = {}
        entities = list(_entities(own))
        for level, names, group in entities:
            for method in _METHODS_OF[level]:
                key = (id(group), method)
                if key not in made:
                    made[key] = list(_score_values(group, method))
                yield from ((*quarter, level, *names, *values) for values in made[key])


def _entities(submissions: Sequence[Published]) -> Iterator[Entity]:
    """Of one quarter: government, departments, HISPs, services, surveys."""
    yield "government", ("",) * 7, Group(survey for one in submissions for survey in one.surveys)
    departments: dict[str, list[Published]] = {}
    for one in submissions:
        departments.setdefault(one.hisp.department, []).append(one)
    for department, own in sorted(departments.items()):
        group = own[0].surveys if len(own) == 1 else Group(survey for one in own for survey in one.surveys)
        yield "department", (department, *[""] * 6), group
    for one in submissions:
        yield from _entities_of(one)


def _entities_of(one: Published) -> Iterator[Entity]:
    hisp = (one.hisp.department, one.hisp.name, one.hisp.slug)
    yield "hisp", (*hisp, "", "", "", ""), one.surveys
    for slug in dict.fromkeys(survey.service for survey in one.surveys):
        own = one.surveys.part([survey for survey in one.surveys if survey.service == slug])
        service = (*hisp, own[0].survey.service, slug)
        yield "service", (*service, "", ""), own
        for each in own:
            yield "survey", (*service, each.survey.service_provided, each.survey.channel), own.part([each])


def _score_values(group: Group, method: str) -> Iterator[Row]:
    """The seven domains, then the combined score: domain .. no_score_reason."""
    found: list[tuple[Score, Decimal | None]] = []
    for domain in SEVEN_DOMAINS:
        of = group.answers(domain.slug)
        score = of.score(method)
        half = None if score.value is None else of.margin(method)
        if score.value is not None:
            found.append((score, half))
        yield (
            domain.slug,
            method,
            _rounded(score.value, 2),
            _rounded(half, 4),
            _rounded(of.tally.share_positive, 4),
            score.answers,
            score.surveys,
            score.hisps,
            score.left_out,
            "" if score.value is not None else formats.reason(no_score_reason(group, domain.slug)),
        )
    yield (
        "combined",
        method,
        _rounded(group.mean_of_domains(method), 2),
        _rounded(mean_margin([half for _, half in found]), 4),
        None,
        sum(score.answers for score, _ in found),
        len(group.with_answers),
        group.hisps,
        None,
        "" if found else formats.reason("no_score"),
    )


def _rounded(value: Fraction | Decimal | None, places: int) -> Decimal | None:
    return None if value is None else for_display(value, places)


DATASETS: dict[str, Dataset] = {
    dataset.slug: dataset
    for dataset in (
        Dataset(
            "collections",
            "Collections",
            "One row per survey: volumes, every question as asked, and its five counts. The columns are those of "
            "OMB’s historic files.",
            (*_BEFORE_QUESTIONS, *_QUESTIONS, "operational_metrics"),
            frozenset(_BEFORE_QUESTIONS)
            - {
                "collection_year",
                "collection_quarter",
                "volume_of_customers",
                "volume_of_customers_provided_survey_opportunity",
                "volume_of_respondents",
            }
            | {column for column in _QUESTIONS if column.endswith("_text")}
            | {"operational_metrics"},
            _collections,
        ),
        Dataset(
            "scores",
            "Scores",
            "One row per score: government, department, HISP, service and survey, by quarter, domain and method.",
            _SCORE_COLUMNS,
            frozenset(_SCORE_TEXTS),
            _scores,
        ),
    )
}
