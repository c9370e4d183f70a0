"""The worked example of the methods page and of docs/scores.md, computed by the code that makes every other score."""

from dataclasses import dataclass

from dashboards import formats
from dashboards.margins import Sample, margin
from reporting.scoring import METHODS, Tally, domain_score

OUTPATIENT = Sample("VHA", Tally(2302, 3118, 10615, 55358, 249586), customers=9_707_552, offered=1_774_363)
SURVEYS = (
    Sample("First HISP", Tally(10, 10, 20, 60, 100), customers=10_000),
    Sample("First HISP", Tally(5, 5, 10, 20, 10), customers=90_000),
    Sample("Second HISP", Tally(2, 3, 5, 10, 5), customers=50_000),
)


@dataclass(frozen=True)
class OneQuestion:
    """A question's arithmetic, step by step, as text."""

    counts: tuple[str, ...]
    weighted: str
    answers: str
    score: str
    positive: str
    margin: str


@dataclass(frozen=True)
class SurveyLine:
    hisp: str
    counts: tuple[str, ...]
    answers: str
    customers: str
    score: str


@dataclass(frozen=True)
class MethodLine:
    name: str
    sentence: str
    score: str
    margin: str


@dataclass(frozen=True)
class Example:
    question: OneQuestion
    surveys: tuple[SurveyLine, ...]
    methods: tuple[MethodLine, ...]


def example() -> Example:
    return Example(_question(OUTPATIENT), tuple(map(_survey, SURVEYS)), tuple(map(_method, METHODS)))


def _question(sample: Sample) -> OneQuestion:
    tally = sample.tally
    return OneQuestion(
        counts=tuple(map(formats.count, tally.counts)),
        weighted=formats.count(sum(answer * count for answer, count in enumerate(tally.counts, start=1))),
        answers=formats.count(tally.n),
        score=formats.score(tally.mean),
        positive=formats.share(tally.share_positive),
        margin=formats.margin(margin([sample], "pooled")),
    )


def _survey(sample: Sample) -> SurveyLine:
    return SurveyLine(
        hisp=sample.hisp,
        counts=tuple(map(formats.count, sample.tally.counts)),
        answers=formats.count(sample.tally.n),
        customers=formats.count(sample.customers),
        score=formats.score(sample.tally.mean),
    )


def _method(slug: str) -> MethodLine:
    score = domain_score(SURVEYS, slug)
    method = METHODS[slug]
    return MethodLine(method.name, method.sentence, formats.score(score.value), formats.margin(margin(SURVEYS, slug)))
