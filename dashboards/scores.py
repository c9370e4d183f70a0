"""Answers of surveys combined into scores, with all that a page says of one: margin, n, method, what is missing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from dashboards import charts, formats, margins
from dashboards.surveys import Group, PublishedSurvey
from reporting.domains import DOMAIN_BY_SLUG, SEVEN_DOMAINS, question_name
from reporting.scoring import DEFAULT_METHOD, FEW_ANSWERS, METHODS, Tally

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
    change: Change | None = None
    statement: str = ""
    half: Decimal | None = None  # of the interval, in score points
    tally: Tally = field(default_factory=Tally)  # empty for the combined score

    # Made when a page draws them: most scores stand in a table, without.
    @property
    def distribution(self) -> str:
        """`1% · 1% · 3% · 17% · 78%`"""
        return " · ".join(_shares(self.tally))

    @property
    def bar(self) -> charts.Svg | None:
        if not self.tally.n:
            return None
        words = (f"{share} {word}" for share, word in zip(_shares(self.tally), _ANSWER_WORDS, strict=True))
        return charts.distribution(self.tally.counts, f"Answers on {self.name.lower()}", ", ".join(words))

    @property
    def dot(self) -> charts.Svg | None:
        if self.value is None:
            return None
        return charts.interval(self.value, self.half, f"{self.name}: {self.text} of 5")


@dataclass(frozen=True)
class Combined:
    """The combined satisfaction score of an entity: the plain mean of its available domain scores."""

    score: ScoreText
    domains: tuple[ScoreText, ...]
    went_in: str
    left_out: str

    @property
    def every(self) -> tuple[ScoreText, ...]:
        return (self.score, *self.domains)


def combined(
    surveys: Iterable[PublishedSurvey],
    method: str = DEFAULT_METHOD,
    before: Sequence[PublishedSurvey] | None = None,
    missing: str = "",
) -> Combined:
    """All seven domains and their mean. `before`: the surveys of the quarter before, to tell the change from.
    `missing`: why there are no figures at all, where that is so."""
    group = Group(surveys)
    past = _past(group, before)
    domains = tuple(_score(group, domain.slug, method, past, missing) for domain in SEVEN_DOMAINS)
    present = [domain for domain in domains if domain.value is not None]
    value = group.mean_of_domains(method)
    n = sum(domain.n for domain in present)
    margin = margins.mean_margin([group.answers(domain.slug).margin(method) for domain in present])
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
            surveys=group.answering,
            hisps=group.hisps,
            based_on=_based_on(n, group.answering, group.hisps, len(present)),
            method=METHODS[method].name,
            few=any(domain.few for domain in present),
            left_out="",
            change=_change(group, past, lambda some: some.mean_of_domains(method)),
            half=margin,
        ),
        domains=domains,
        went_in=formats.joined([domain.name for domain in present]),
        left_out="; ".join(f"{d.name} ({d.reason[:1].lower()}{d.reason[1:]})" for d in domains if d.value is None),
    )


def score(
    surveys: Iterable[PublishedSurvey],
    slug: str,
    method: str = DEFAULT_METHOD,
    before: Sequence[PublishedSurvey] | None = None,
    missing: str = "",
) -> ScoreText:
    """One domain over these surveys."""
    group = Group(surveys)
    return _score(group, slug, method, _past(group, before), missing)


def _score(group: Group, slug: str, method: str, past: "_Past | None", missing: str) -> ScoreText:
    of = group.answers(slug)
    result, margin = of.score(method), of.margin(method)
    name, text = question_name(slug), formats.score(result.value)
    reason = "" if text else missing or no_score_reason(group, slug)
    return ScoreText(
        slug=slug,
        name=name,
        value=result.value,
        text=text,
        reason=formats.reason(reason) if reason else "",
        short_reason=formats.short_reason(reason) if reason else "",
        margin=formats.margin(margin) if text else "",
        positive=formats.share(of.tally.share_positive),
        n=result.answers,
        answers=formats.count(result.answers),
        surveys=result.surveys,
        hisps=result.hisps,
        based_on=_based_on(result.answers, result.surveys, result.hisps),
        method=METHODS[method].name,
        few=0 < result.answers < FEW_ANSWERS,
        left_out=_left_out(result.left_out) if text else "",
        statement=DOMAIN_BY_SLUG[slug].statement if slug in DOMAIN_BY_SLUG else "",
        change=_change(group, past, lambda some: some.answers(slug).score(method).value),
        half=margin,
        tally=of.tally,
    )


@dataclass(frozen=True)
class _Past:
    """The quarter before, and the surveys that both quarters have, so that like is compared with like."""

    before: Group
    same_now: Group
    same_before: Group


def _past(group: Group, before: Sequence[PublishedSurvey] | None) -> _Past | None:
    if not before:
        return None
    then = Group(before)
    return _Past(then, *group.in_common(then))


def _change(group: Group, past: _Past | None, score_of: Callable[[Group], Fraction | None]) -> Change | None:
    if past is None:
        return None
    return Change(
        text=_difference(score_of(group), score_of(past.before)),
        same_surveys=_difference(score_of(past.same_now), score_of(past.same_before)),
        surveys=formats.counted(len(past.same_now), "survey"),
    )


def _shares(tally: Tally) -> list[str]:
    return [formats.share(Fraction(count, tally.n)) for count in tally.counts] if tally.n else []


def _difference(now: Fraction | None, then: Fraction | None) -> str:
    return formats.change(None if now is None or then is None else now - then)


def no_score_reason(group: Group, slug: str) -> str:
    """Why a domain has no score, as a key of `formats.reason`: the most telling of the surveys' reasons."""
    if group.answers(slug).tally.n:
        return "no_customers"
    found = group.why_silent(slug)
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
