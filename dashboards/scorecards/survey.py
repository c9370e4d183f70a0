"""One touchpoint's survey over one channel, quarter by quarter: its questions as asked, its answers, its volumes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from dashboards import formats, past, published
from dashboards.scorecards.parts import Missing, QuarterLink, Volumes, link, notes_on, volumes
from dashboards.scorecards.trends import Earlier, Trend, earlier, every_quarter, trend
from dashboards.scores import Combined, ScoreText, combined, score
from dashboards.surveys import Group, PublishedSurvey
from hisps import names
from hisps.models import Service
from reporting.contents import Question
from reporting.domains import DOMAIN_BY_SLUG, QUESTION_SLUGS, channel_name, question_name
from reporting.fiscal import FiscalQuarter
from reporting.models import Submission
from reporting.scoring import DEFAULT_METHOD, METHODS

_SLUG = re.compile(r"([1-9][0-9]{0,17})(?:-([a-z_]+))?", re.ASCII)


@dataclass(frozen=True)
class QuestionRow:
    """A quarter's answers to one question."""

    quarter: QuarterLink
    counts: tuple[str, ...]
    score: ScoreText


@dataclass(frozen=True)
class Wording:
    """`span`: the quarters in which it was asked in this wording, one after the other."""

    span: str
    text: str


@dataclass(frozen=True)
class QuestionOverTime:
    slug: str
    name: str
    is_domain: bool
    wordings: tuple[Wording, ...]  # newest first
    rows: tuple[QuestionRow, ...]  # newest first; quarters with answers only
    silent: tuple[tuple[str, str], ...]  # why there are none, and in which quarters


@dataclass(frozen=True)
class QuarterOfSurvey:
    quarter: QuarterLink
    score: ScoreText
    volumes: Volumes
    notes: tuple[str, ...]  # on its scale, conversion and clearance


@dataclass(frozen=True)
class SurveyPage:
    """`latest`: the newest quarter that it is published in; `result` and `volumes` are those of that quarter."""

    slug: str
    name: str
    service: str
    service_slug: str
    hisp: str
    hisp_slug: str
    channel: str
    transaction_point: str
    control_number: str
    latest: QuarterLink
    before: QuarterLink | None
    result: Combined
    volumes: Volumes
    method: str
    query: str
    quarters: tuple[QuarterOfSurvey, ...]  # newest first
    questions: tuple[QuestionOverTime, ...]
    trend: Trend
    earlier: Earlier


def survey_page(slug: str) -> SurveyPage:
    """Raises Missing for a survey that was never published, too. A single survey is combined with nothing, so there is
    no method to choose. 5 queries."""
    found = _SLUG.fullmatch(slug)
    identity = (int(found[1]), found[2] or "") if found else (0, "")
    of = Submission.objects.filter(reports__touchpoint=identity[0], reports__channel=identity[1]).distinct()
    by_quarter = _by_quarter(of, identity)
    if not by_quarter:
        raise Missing(f"There is no survey “{slug}”.")
    newest, *older = sorted(by_quarter, reverse=True)
    one = by_quarter[newest]
    service = Service.objects.select_related("hisp").get(slug=one.service)
    groups = {quarter: Group([survey]) for quarter, survey in by_quarter.items()}
    line = trend(groups, DEFAULT_METHOD)
    return SurveyPage(
        slug=one.slug,
        name=one.survey.service_provided or one.survey.service,
        service=service.name,
        service_slug=service.slug,
        hisp=service.hisp.name,
        hisp_slug=service.hisp.slug,
        channel=channel_name(one.survey.channel),
        transaction_point=one.survey.transaction_point,
        control_number=one.survey.control_number,
        latest=link(newest),
        before=link(older[0]) if older else None,
        result=combined(groups[newest], before=groups[older[0]] if older else None),
        volumes=volumes([one.survey]),
        method=METHODS[DEFAULT_METHOD].name,
        query="",
        quarters=tuple(_quarter(quarter, by_quarter[quarter]) for quarter in (newest, *older)),
        questions=_questions(by_quarter),
        trend=line,
        earlier=earlier(of, line),
    )


def _by_quarter(of: "QuerySet[Submission]", identity: tuple[int, str]) -> Mapping[FiscalQuarter, PublishedSurvey]:
    """Of the last six years. 3 queries."""
    found = {
        one.quarter: survey
        for one in published.read(past.recent(of))
        for survey in one.surveys
        if survey.identity == identity
    }
    shown = every_quarter(found) if found else []
    return {quarter: found[quarter] for quarter in shown if quarter in found}


def _quarter(quarter: FiscalQuarter, one: PublishedSurvey) -> QuarterOfSurvey:
    notes = tuple(notes_on(one.survey))
    return QuarterOfSurvey(link(quarter), combined([one]).score, volumes([one.survey]), notes)


def _questions(by_quarter: Mapping[FiscalQuarter, PublishedSurvey]) -> tuple[QuestionOverTime, ...]:
    """The seven domains, and what else was ever asked."""
    asked = {question.domain for one in by_quarter.values() for question in one.survey.questions}
    return tuple(
        _question(slug, sorted(by_quarter.items(), reverse=True))
        for slug in QUESTION_SLUGS
        if slug in DOMAIN_BY_SLUG or slug in asked
    )


def _question(slug: str, newest_first: Sequence[tuple[FiscalQuarter, PublishedSurvey]]) -> QuestionOverTime:
    rows, silent = [], dict[str, list[str]]()
    for quarter, one in newest_first:
        found = score([one], slug)
        if found.n:
            counts = tuple(map(formats.count, one.survey.tally(slug).counts))
            rows.append(QuestionRow(link(quarter), counts, found))
        else:
            silent.setdefault(found.reason, []).append(quarter.label)
    return QuestionOverTime(
        slug=slug,
        name=question_name(slug),
        is_domain=slug in DOMAIN_BY_SLUG,
        wordings=_wordings([(quarter, one.survey.question(slug)) for quarter, one in reversed(newest_first)]),
        rows=tuple(rows),
        silent=tuple((reason, formats.joined(quarters)) for reason, quarters in silent.items()),
    )


def _wordings(asked: Sequence[tuple[FiscalQuarter, Question | None]]) -> tuple[Wording, ...]:
    """`asked`: oldest first. Spellings of one wording are one; a quarter without wording ends none."""
    spans: list[tuple[str, FiscalQuarter, FiscalQuarter]] = []
    for quarter, question in asked:
        if question is None or not question.wording:
            continue
        if spans and names.key(spans[-1][0]) == names.key(question.wording):
            spans[-1] = (spans[-1][0], spans[-1][1], quarter)
        else:
            spans.append((question.wording, quarter, quarter))
    return tuple(Wording(_span(first, last), text) for text, first, last in reversed(spans))


def _span(first: FiscalQuarter, last: FiscalQuarter) -> str:
    return first.label if first == last else f"{first.label} to {last.label}"
