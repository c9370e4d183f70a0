"""Answers of surveys combined into scores, with all that a page says of one: margin, n, method, what is missing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dashboards import charts, formats, margins
from dashboards.margins import Sample
from dashboards.published import PublishedSurvey
from reporting.domains import DOMAIN_BY_SLUG, SEVEN_DOMAINS, question_name
from reporting.scoring import DEFAULT_METHOD, FEW_ANSWERS, METHODS, Tally, domain_score, plain_mean, pool

_ANSWER_WORDS = ("strongly disagree", "disagree", "neither", "agree", "strongly agree")
_REASON_ORDER = ("no_answers", "not_publishable", "not_submitted", "not_asked")  # the one that tells most comes first


@dataclass(frozen=True)
class Change:
    """Since the quarter before: of everything, and like for like over the surveys that both quarters have."""

    text: str
    same_surveys: str
    surveys: str  # “41 surveys”


@dataclass(frozen=True)
class ScoreText:
    """A score as a page prints it. `text` is empty when there is none; then `reason` says why."""

    slug: str  # of the domain or extra question; “combined”
    name: str
    value: Fraction | None
    text: str
    reason: str
    short_reason: str
    margin: str
    positive: str
    n: int
    answers: str
    surveys: int
    hisps: int
    based_on: str  # “5,321 answers · 3 surveys · 2 HISPs”
    method: str
    few: bool
    left_out: str
    distribution: str = ""  # “1% · 1% · 3% · 17% · 78%”
    bar: charts.Svg | None = None
    dot: charts.Svg | None = None
    change: Change | None = None
    statement: str = ""


@dataclass(frozen=True)
class Combined:
    """The combined satisfaction score of an entity: the plain mean of its available domain scores."""

    score: ScoreText
    domains: tuple[ScoreText, ...]
    went_in: str
    left_out: str


def combined(
    surveys: Sequence[PublishedSurvey],
    method: str = DEFAULT_METHOD,
    before: Sequence[PublishedSurvey] | None = None,
    missing: str = "",
) -> Combined:
    """All seven domains and their mean. `before`: the surveys of the quarter before, to tell the change from.
    `missing`: why there are no figures at all, where that is so."""
    domains = tuple(score(surveys, domain.slug, method, before, missing) for domain in SEVEN_DOMAINS)
    present = [domain for domain in domains if domain.value is not None]
    value = plain_mean(domain.value for domain in domains)
    n = sum(domain.n for domain in present)
    margin = margins.mean_margin([margins.margin(samples(surveys, domain.slug), method) for domain in present])
    reason = "" if present else missing or "no_score"
    return Combined(
        score=ScoreText(
            slug="combined",
            name="Combined satisfaction",
            value=value,
            text=formats.score(value),
            reason=formats.reason(reason) if reason else "",
            short_reason=formats.short_reason(reason) if reason else "",
            margin=formats.margin(margin, at_most=True),
            positive="",
            n=n,
            answers=formats.count(n),
            surveys=len(_answered(surveys)),
            hisps=len({survey.hisp for survey in _answered(surveys)}),
            based_on=_based_on(
                n, len(_answered(surveys)), len({survey.hisp for survey in _answered(surveys)}), len(present)
            ),
            method=METHODS[method].name,
            few=any(domain.few for domain in present),
            left_out="",
            dot=None if value is None else charts.interval(value, None, f"Combined score {formats.score(value)} of 5"),
            change=_change(surveys, before, lambda some: mean_of_domains(some, method)),
        ),
        domains=domains,
        went_in=formats.joined([domain.name for domain in present]),
        left_out="; ".join(f"{d.name} ({d.reason[:1].lower()}{d.reason[1:]})" for d in domains if d.value is None),
    )


def score(
    surveys: Sequence[PublishedSurvey],
    slug: str,
    method: str = DEFAULT_METHOD,
    before: Sequence[PublishedSurvey] | None = None,
    missing: str = "",
) -> ScoreText:
    """One domain over these surveys."""
    of = samples(surveys, slug)
    result = domain_score((sample.as_survey for sample in of), method)
    margin = margins.margin(of, method)
    tally = pool(sample.tally for sample in of)
    name, text = question_name(slug), formats.score(result.value)
    reason = "" if text else missing or no_score_reason(surveys, slug)
    return ScoreText(
        slug=slug,
        name=name,
        value=result.value,
        text=text,
        reason=formats.reason(reason) if reason else "",
        short_reason=formats.short_reason(reason) if reason else "",
        margin=formats.margin(margin) if text else "",
        positive=formats.share(tally.share_positive),
        n=result.answers,
        answers=formats.count(result.answers),
        surveys=result.surveys,
        hisps=result.hisps,
        based_on=_based_on(result.answers, result.surveys, result.hisps),
        method=METHODS[method].name,
        few=0 < result.answers < FEW_ANSWERS,
        left_out=_left_out(result.left_out) if text else "",
        distribution=" · ".join(_shares(tally)),
        bar=_bar(tally, name) if tally.n else None,
        dot=None if result.value is None else charts.interval(result.value, margin, f"{name}: {text} of 5"),
        statement=DOMAIN_BY_SLUG[slug].statement if slug in DOMAIN_BY_SLUG else "",
        change=_change(surveys, before, lambda some: _value(some, slug, method)),
    )


def mean_of_domains(surveys: Sequence[PublishedSurvey], method: str = DEFAULT_METHOD) -> Fraction | None:
    """The combined score alone, exact."""
    return plain_mean(_value(surveys, domain.slug, method) for domain in SEVEN_DOMAINS)


def samples(surveys: Iterable[PublishedSurvey], slug: str) -> list[Sample]:
    return [
        Sample(one.hisp, one.survey.tally(slug), one.survey.customers, one.survey.offered)
        for one in surveys
        if one.survey.question(slug) is not None
    ]


def in_both(
    surveys: Sequence[PublishedSurvey], others: Sequence[PublishedSurvey]
) -> tuple[list[PublishedSurvey], list[PublishedSurvey]]:
    """The surveys that both have, so that like is compared with like."""
    common = {one.identity for one in surveys} & {one.identity for one in others}
    return [one for one in surveys if one.identity in common], [one for one in others if one.identity in common]


def distribution_text(tally: Tally) -> str:
    """“1% strongly disagree, 1% disagree, 3% neither ...”."""
    return ", ".join(f"{share} {word}" for share, word in zip(_shares(tally), _ANSWER_WORDS, strict=True))


def _shares(tally: Tally) -> list[str]:
    return [formats.share(Fraction(count, tally.n)) for count in tally.counts] if tally.n else []


def _change(
    surveys: Sequence[PublishedSurvey],
    before: Sequence[PublishedSurvey] | None,
    score_of: Callable[[Sequence[PublishedSurvey]], Fraction | None],
) -> Change | None:
    if not before:
        return None
    now, then = in_both(surveys, before)
    return Change(
        text=_difference(score_of(surveys), score_of(before)),
        same_surveys=_difference(score_of(now), score_of(then)),
        surveys=formats.counted(len(now), "survey"),
    )


def _difference(now: Fraction | None, then: Fraction | None) -> str:
    return formats.change(None if now is None or then is None else now - then)


def _value(surveys: Sequence[PublishedSurvey], slug: str, method: str) -> Fraction | None:
    return domain_score((sample.as_survey for sample in samples(surveys, slug)), method).value


def _answered(surveys: Sequence[PublishedSurvey]) -> list[PublishedSurvey]:
    return [one for one in surveys if any(one.survey.tally(domain.slug).n for domain in SEVEN_DOMAINS)]


def no_score_reason(surveys: Sequence[PublishedSurvey], slug: str) -> str:
    """Why a domain has no score, as a key of `formats.reason`: the most telling of the surveys' reasons."""
    if any(one.survey.tally(slug).n for one in surveys):
        return "no_customers"
    questions = [question for one in surveys if (question := one.survey.question(slug))]
    found = {question.no_data for question in questions}
    found |= {"not_publishable" for one in surveys if not one.survey.publishable}
    return next((kind for kind in _REASON_ORDER if kind in found), "not_asked")


def _based_on(answers: int, surveys: int, hisps: int, questions: int = 1) -> str:
    """A single HISP goes without saying: it is the one that the page or the row is about."""
    of = f" to {formats.counted(questions, 'domain')}" if questions > 1 else ""
    parts = [formats.counted(answers, "answer") + of, formats.counted(surveys, "survey")]
    return " · ".join([*parts, formats.counted(hisps, "HISP")] if hisps > 1 else parts)


def _left_out(surveys: int) -> str:
    if not surveys:
        return ""
    return f"{formats.counted(surveys, 'survey')} left out: number of customers unknown"


def _bar(tally: Tally, name: str) -> charts.Svg:
    return charts.distribution(tally.counts, f"Answers on {name.lower()}", distribution_text(tally))
