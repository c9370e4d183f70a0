"""Answers of surveys combined into scores, with all that a page says of one: margin, n, method, what is missing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.utils.functional import cached_property

from dashboards import charts, formats, margins
from dashboards.surveys import Group, PublishedSurvey
from reporting.domains import DOMAIN_BY_SLUG, SEVEN_DOMAINS, question_name
from reporting.scoring import DEFAULT_METHOD, FEW_ANSWERS, METHODS, Tally

_ANSWER_WORDS = ("strongly disagree", "disagree", "neither", "agree", "strongly agree")
COMBINED = "combined"
_NOBODY = Tally()
_REASON_ORDER = ("no_answers", "not_publishable", "not_submitted", "not_asked")  # the one that tells most comes first


@dataclass(frozen=True)
class Change:
    """Since the quarter before: of everything, and like for like over the surveys that both quarters have."""

    text: str
    same_surveys: str
    surveys: str  # “41 surveys”


@dataclass(frozen=True)
class ScoreText:
    """A score as a page prints it. Without one `kind` says why, as a key of `formats.reason`.

    Most scores stand in a table or a chart, which ask for little of this: words are made when they are asked for.
    """

    slug: str  # of the domain or extra question; “combined”
    name: str
    value: Fraction | None
    kind: str
    n: int
    surveys: int
    hisps: int
    method: str
    few: bool
    half: Decimal | None  # of the interval, in score points
    told: Callable[[], Change | None] = field(repr=False, compare=False)
    tally: Tally = _NOBODY  # empty for the combined score
    domains: int = 1  # how many have a score here
    unweighted: int = 0  # surveys that the method could not use: customers unknown
    statement: str = ""

    @cached_property
    def text(self) -> str:
        """Empty when there is none."""
        return formats.score(self.value)

    @cached_property
    def change(self) -> Change | None:
        """None where there is no quarter before to tell it from."""
        return self.told()

    @property
    def reason(self) -> str:
        return formats.reason(self.kind) if self.kind else ""

    @property
    def short_reason(self) -> str:
        return formats.short_reason(self.kind) if self.kind else ""

    @property
    def margin(self) -> str:
        return formats.margin(self.half, at_most=self.slug == COMBINED) if self.text else ""

    @property
    def positive(self) -> str:
        return formats.share(self.tally.share_positive)

    @property
    def answers(self) -> str:
        return formats.count(self.n)

    @property
    def based_on(self) -> str:
        """`5,321 answers · 3 surveys · 2 HISPs`. A single HISP goes without saying: it is the one that the page or the
        row is about."""
        of = f" to {formats.counted(self.domains, 'domain')}" if self.domains > 1 else ""
        parts = [formats.counted(self.n, "answer") + of, formats.counted(self.surveys, "survey")]
        return " · ".join([*parts, formats.counted(self.hisps, "HISP")] if self.hisps > 1 else parts)

    @property
    def left_out(self) -> str:
        if not (self.unweighted and self.text):
            return ""
        return f"{formats.counted(self.unweighted, 'survey')} left out: number of customers unknown"

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


@dataclass(frozen=True)
class Combined:
    """The combined satisfaction score of an entity: the plain mean of its available domain scores."""

    score: ScoreText
    domains: tuple[ScoreText, ...]

    @property
    def went_in(self) -> str:
        return formats.joined([one.name for one in self.domains if one.value is not None])

    @property
    def left_out(self) -> str:
        """The domains without a score, by the reason why."""
        names: dict[str, list[str]] = {}
        for one in self.domains:
            if one.value is None:
                names.setdefault(one.reason, []).append(one.name)
        return "; ".join(f"{formats.joined(own)} ({reason[:1].lower()}{reason[1:]})" for reason, own in names.items())

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
    return Combined(
        score=ScoreText(
            slug=COMBINED,
            name="Combined satisfaction",
            value=group.mean_of_domains(method),
            kind="" if present else missing or "no_score",
            n=sum(domain.n for domain in present),
            surveys=group.answering,
            hisps=group.hisps,
            method=METHODS[method].name,
            few=any(domain.few for domain in present),
            half=margins.mean_margin([domain.half for domain in present]),
            told=_change(group, past, lambda some: some.mean_of_domains(method)),
            domains=len(present),
        ),
        domains=domains,
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
    result = of.score(method)
    return ScoreText(
        slug=slug,
        name=question_name(slug),
        value=result.value,
        kind="" if result.value is not None else missing or no_score_reason(group, slug),
        n=result.answers,
        surveys=result.surveys,
        hisps=result.hisps,
        method=METHODS[method].name,
        few=0 < result.answers < FEW_ANSWERS,
        half=of.margin(method),
        told=_change(group, past, lambda some: some.answers(slug).score(method).value),
        tally=of.tally,
        unweighted=result.left_out,
        statement=DOMAIN_BY_SLUG[slug].statement if slug in DOMAIN_BY_SLUG else "",
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


def _change(
    group: Group, past: _Past | None, score_of: Callable[[Group], Fraction | None]
) -> Callable[[], Change | None]:
    def told() -> Change | None:
        if past is None:
            return None
        return Change(
            text=_difference(score_of(group), score_of(past.before)),
            same_surveys=_difference(score_of(past.same_now), score_of(past.same_before)),
            surveys=formats.counted(len(past.same_now), "survey"),
        )

    return told


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
