"""One submission laid out for reading: every survey with its volumes, and every question with its answers and score.

The reporter's preview and the review page show the same rows. Numbers stay numbers; templates print them through the
one formatting place (`{% load scores %}`).
"""

from dataclasses import dataclass
from fractions import Fraction

from reporting.contents import Contents, Question, Survey
from reporting.domains import DOMAIN_BY_SLUG, NO_DATA_REASONS, SCALES, channel_name, question_name
from reporting.scoring import FEW_ANSWERS, Tally, plain_mean, pool, ratio


@dataclass(frozen=True)
class QuestionRow:
    """One question. `score` (exact, 1-5) is None when there are no answers; then `no_data` says why in words."""

    slug: str
    name: str
    wording: str
    official: str
    tally: Tally
    no_data: str
    notes: str

    @property
    def score(self) -> Fraction | None:
        return self.tally.mean

    @property
    def few_answers(self) -> bool:
        return 0 < self.tally.n < FEW_ANSWERS


@dataclass(frozen=True)
class SurveyBlock:
    """One survey with its questions in the order of the instrument."""

    survey: Survey
    channel: str
    scale: str
    response_rate: Fraction | None
    rows: tuple[QuestionRow, ...]

    @property
    def score(self) -> Fraction | None:
        """Combined: the plain mean of the available domain scores."""
        return plain_mean(row.score for row in self.rows if row.slug in DOMAIN_BY_SLUG)


@dataclass(frozen=True)
class Preview:
    """A whole submission: its surveys, and its domain scores pooled by responses over them."""

    contents: Contents
    surveys: tuple[SurveyBlock, ...]
    domains: tuple[QuestionRow, ...]

    @property
    def score(self) -> Fraction | None:
        return plain_mean(row.score for row in self.domains)

    @property
    def scored(self) -> int:
        """How many of the domains have a score, and so go into the combined one."""
        return sum(row.score is not None for row in self.domains)

    @property
    def answers(self) -> int:
        """Respondents over all surveys where they are known."""
        return sum(block.survey.respondents or 0 for block in self.surveys)


def preview(contents: Contents) -> Preview:
    return Preview(
        contents=contents,
        surveys=tuple(_block(survey) for survey in contents.surveys),
        domains=tuple(_pooled(slug, contents) for slug in DOMAIN_BY_SLUG),
    )


def _block(survey: Survey) -> SurveyBlock:
    asked = {question.domain for question in survey.questions}
    missing = tuple(Question(slug, no_data="not_asked") for slug in DOMAIN_BY_SLUG if slug not in asked)
    order = {question.domain: question for question in (*missing, *survey.questions)}
    slugs = [*DOMAIN_BY_SLUG, *(slug for slug in order if slug not in DOMAIN_BY_SLUG)]
    return SurveyBlock(
        survey=survey,
        channel=channel_name(survey.channel),
        scale=SCALES.get(survey.scale, survey.scale),
        response_rate=ratio(survey.respondents, survey.offered),
        rows=tuple(_row(order[slug]) for slug in slugs),
    )


def _row(question: Question) -> QuestionRow:
    domain = DOMAIN_BY_SLUG.get(question.domain)
    return QuestionRow(
        slug=question.domain,
        name=question_name(question.domain),
        wording=question.wording,
        official=domain.statement if domain else "",
        tally=question.tally or Tally(),
        no_data="" if question.tally else NO_DATA_REASONS.get(question.no_data, NO_DATA_REASONS["not_asked"]),
        notes=question.notes,
    )


def _pooled(slug: str, contents: Contents) -> QuestionRow:
    pooled = pool(survey.tally(slug) for survey in contents.surveys)
    return QuestionRow(
        slug=slug,
        name=question_name(slug),
        wording="",
        official=DOMAIN_BY_SLUG[slug].statement,
        tally=pooled,
        no_data="" if pooled.n else NO_DATA_REASONS["no_answers"],
        notes="",
    )
