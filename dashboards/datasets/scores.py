"""Every score at every level of combination, by each method that can make a difference."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from dashboards import formats
from dashboards.datasets import columns, figures
from dashboards.datasets.columns import Dataset, Row, integer, number, text
from dashboards.datasets.selection import Selection
from dashboards.margins import mean_margin
from dashboards.published import Published
from dashboards.scores import no_score_reason
from dashboards.surveys import Group
from reporting.domains import SEVEN_DOMAINS
from reporting.scoring import DEFAULT_METHOD, METHODS, Score, for_display

COLUMNS = (
    columns.FISCAL_YEAR,
    columns.FISCAL_QUARTER,
    text("level", "What the score is of.", "government, department, hisp, service or survey."),
    text("organization_name", "The department in that quarter; empty for the government."),
    text("service_provider_name", "The High Impact Service Provider; empty above its level."),
    columns.HISP,
    text("service_name", "The designated service; empty above its level."),
    columns.SERVICE,
    columns.SURVEY,
    text("service_provided", "What the customer came for; for surveys only."),
    text("channel", "How the customer was served; for surveys only.", columns.CHANNEL.holds),
    text("domain", "The domain, or “combined”: the mean of the domain scores.", "Such as trust."),
    text("method", "How surveys were combined; see How every number is made.", "Such as pooled or mean-of-hisps."),
    number("score", "The score, rounded half up to two decimals.", "1.00 to 5.00; empty without answers."),
    number("margin", "95% margin of error of the score.", "0 or more; empty under two answers."),
    number("share_positive", "Answers of 4 and 5 as a share of all.", "0 to 1; empty without answers."),
    integer("answers", "How many answers the score rests on."),
    integer("surveys", "How many surveys it rests on."),
    integer("hisps", "How many HISPs it rests on."),
    integer("surveys_left_out", "Surveys that the method could not weigh.", "Empty for the combined score."),
    text("no_score_reason", "Why there is no score; empty where there is one."),
)
_METHODS_OF: dict[str, tuple[str, ...]] = {  # those that can differ; one HISP is its own mean of HISPs
    "government": tuple(METHODS),
    "department": tuple(METHODS),
    "hisp": ("pooled", "mean-of-surveys", "by-customers"),
    "service": ("pooled", "mean-of-surveys", "by-customers"),
    "survey": (DEFAULT_METHOD,),
}
Entity = tuple[str, tuple[str, ...], Group]  # level, its names in the order of the columns, surveys


def rows(selection: Selection) -> Iterator[Row]:
    for own in figures.by_quarter(selection):
        yield from _of_quarter(own, selection)


def _of_quarter(own: Sequence[Published], selection: Selection) -> Iterator[Row]:
    # A HISP with one service, and a service with one survey, have the same scores: one group, made once.
    made: dict[tuple[int, str], list[Row]] = {}
    entities = list(_entities(own, selection))
    for level, names, group in entities:
        for method in _METHODS_OF[level]:
            key = (id(group), method)
            if key not in made:
                values = _score_values(group, method)
                made[key] = [each for each in values if selection.domain in ("", each[0])]
            quarter = own[0].quarter
            yield from ((quarter.fiscal_year, quarter.number, level, *names, *values) for values in made[key])


def _entities(submissions: Sequence[Published], selection: Selection) -> Iterator[Entity]:
    """Of one quarter: government, departments, HISPs, services, surveys. Of one HISP or service only what is its own:
    a government of one HISP would be no government."""
    if not (selection.hisp or selection.service):
        yield "government", ("",) * 8, Group(survey for one in submissions for survey in one.surveys)
        yield from _departments(submissions)
    for one in submissions:
        yield from _entities_of(one, selection)


def _departments(submissions: Sequence[Published]) -> Iterator[Entity]:
    departments: dict[str, list[Published]] = {}
    for one in submissions:
        departments.setdefault(one.hisp.department, []).append(one)
    for department, own in sorted(departments.items()):
        group = own[0].surveys if len(own) == 1 else Group(survey for one in own for survey in one.surveys)
        yield "department", (department, *[""] * 7), group


def _entities_of(one: Published, selection: Selection) -> Iterator[Entity]:
    hisp = (one.hisp.department, one.hisp.name, one.hisp.slug)
    if not selection.service:
        yield "hisp", (*hisp, *[""] * 5), one.surveys
    for slug in dict.fromkeys(survey.service for survey in figures.surveys(one, selection)):
        own = one.surveys.part([survey for survey in one.surveys if survey.service == slug])
        service = (*hisp, own[0].survey.service, slug)
        yield "service", (*service, *[""] * 3), own
        for each in own:
            names = (each.slug, each.survey.service_provided, each.survey.channel)
            yield "survey", (*service, *names), own.part([each])


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


SCORES = Dataset(
    "scores",
    "Scores",
    "One row per score: government, department, HISP, service and survey, by quarter, domain and method.",
    COLUMNS,
    ("fiscal_year", "quarter", "hisp", "service", "domain"),
    rows,
    domains=(*(domain.slug for domain in SEVEN_DOMAINS), "combined"),
)
