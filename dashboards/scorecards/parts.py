"""What several pages show: volumes, the switch between methods, a survey."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dashboards import formats, wordings
from dashboards.remarks import Remark, Remarks
from dashboards.scores import Combined, ScoreText, combined, score
from dashboards.surveys import Group, PublishedSurvey
from reporting.contents import Survey
from reporting.domains import DOMAIN_BY_SLUG, EXTRA_SLUGS, SCALES, SEVEN_DOMAINS, channel_name
from reporting.fiscal import FiscalQuarter
from reporting.models import Quarter
from reporting.scoring import DEFAULT_METHOD, METHODS, ratio
from reporting.summed import QuarterSum


class Missing(Exception):
    """There is nothing public at this address; the message is a sentence for people. `quarters`, newest first, have
    figures: of the HISP whose slug is given, or of anybody."""

    def __init__(self, sentence: str, *, hisp: str = "", quarters: Iterable[FiscalQuarter] = ()) -> None:
        super().__init__(sentence)
        self.hisp = hisp
        self.quarters = [link(quarter) for quarter in quarters]


@dataclass(frozen=True)
class QuarterLink:
    slug: str
    label: str
    short: str
    period: str
    fiscal: FiscalQuarter


def link(quarter: FiscalQuarter) -> QuarterLink:
    return QuarterLink(quarter.slug, quarter.label, formats.short_quarter(quarter), formats.period(quarter), quarter)


def published_quarters() -> list[FiscalQuarter]:
    """Newest first. 1 query."""
    rows = Quarter.objects.published().values_list("fiscal_year", "number")
    return [FiscalQuarter(year, number) for year, number in rows]


@dataclass(frozen=True)
class MethodChoice:
    """One way to combine, with the combined score it gives here."""

    slug: str
    name: str
    sentence: str
    score: str
    query: str  # what a link carries to stay with this method
    chosen: bool


def query_of(method: str) -> str:
    return "" if method == DEFAULT_METHOD else f"?method={method}"


def method_choices(chosen: str, value: Callable[[str], Fraction | None]) -> tuple[MethodChoice, ...]:
    """All methods, each with what it makes of the same surveys."""
    return tuple(
        MethodChoice(
            slug, method.name, method.sentence, formats.score(value(slug)) or "–", f"?method={slug}", slug == chosen
        )
        for slug, method in METHODS.items()
    )


def combined_choices(group: Group, chosen: str) -> tuple[MethodChoice, ...]:
    """None where there is but one survey, which every method agrees on."""
    if len(group) < 2 and chosen == DEFAULT_METHOD:
        return ()
    return method_choices(chosen, group.mean_of_domains)


@dataclass(frozen=True)
class Volume:
    """A number of people; `note` says what is not in it, or why it is unknown."""

    name: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Reach:
    """How far surveys reached, summed over those that reported all three numbers: `surveys` of `of`."""

    customers: int = 0
    offered: int = 0
    respondents: int = 0
    surveys: int = 0
    of: int = 0


class Volumes(tuple[Volume, ...]):
    """The four volumes of a page, and what a proportion between them may be drawn from."""

    reach: Reach = Reach()


_VOLUMES = (("Customers", "customers"), ("Offered the survey", "offered"), ("Responses", "respondents"))


def volumes(surveys: Sequence[Survey]) -> Volumes:
    """Customers, offered, responses and response rate over these surveys."""
    found = Volumes(_volumes(surveys))
    found.reach = _reach(surveys)
    return found


def _reach(surveys: Sequence[Survey]) -> Reach:
    complete = [s for s in surveys if s.customers and s.offered and s.respondents is not None]
    return Reach(
        customers=sum(s.customers or 0 for s in complete),
        offered=sum(s.offered or 0 for s in complete),
        respondents=sum(s.respondents or 0 for s in complete),
        surveys=len(complete),
        of=len(surveys),
    )


def _volumes(surveys: Sequence[Survey]) -> tuple[Volume, ...]:
    complete = [s for s in surveys if s.respondents is not None and s.offered]
    rate = ratio(sum(s.respondents or 0 for s in complete), sum(s.offered or 0 for s in complete))
    return (
        *(_volume(name, field, surveys) for name, field in _VOLUMES),
        Volume(
            "Response rate",
            formats.share(rate) or formats.UNKNOWN,
            _partial(len(surveys) - len(complete), len(surveys)),
        ),
    )


def volumes_of(total: QuarterSum) -> tuple[Volume, ...]:
    """The same, of surveys that were added up."""
    surveys = total.every.surveys
    offered, answered, complete = total.rate
    known = [(name, total.volumes[field]) for name, field in _VOLUMES]
    return (
        *(
            Volume(name, formats.count(one.people if one.surveys else None), _partial(surveys - one.surveys, surveys))
            for name, one in known
        ),
        Volume(
            "Response rate",
            formats.share(ratio(answered, offered)) or formats.UNKNOWN,
            _partial(surveys - complete, surveys),
        ),
    )


def _volume(name: str, field: str, surveys: Sequence[Survey]) -> Volume:
    known = [number for survey in surveys if (number := getattr(survey, field)) is not None]
    if len(surveys) == 1 and not known:
        return Volume(name, formats.UNKNOWN, str(surveys[0].volume_notes.get(field, "")))
    text = formats.count(sum(known)) if known else formats.UNKNOWN
    return Volume(name, text, _partial(len(surveys) - len(known), len(surveys)))


def _partial(unknown: int, surveys: int) -> str:
    return f"not reported for {unknown} of {surveys} surveys" if unknown and surveys > 1 else ""


@dataclass(frozen=True)
class SurveyCard:
    """One survey of one quarter."""

    slug: str
    name: str
    service: str
    service_slug: str
    transaction_point: str
    channel: str
    volumes: tuple[Volume, ...]
    control_number: str
    collection_urls: tuple[str, ...]  # http(s) addresses; agencies give several in one field
    notes: tuple[str, ...]
    remarks: tuple[Remark, ...]
    metrics_text: str
    result: Combined
    extra: tuple[ScoreText, ...]
    asked: Mapping[str, tuple[str, str]]  # wording and notes by question

    @property
    def questions(self) -> tuple[tuple[ScoreText, str, str], ...]:
        """Every question with its wording as asked and the notes on it."""
        return tuple((one, *self.asked.get(one.slug, ("", ""))) for one in (*self.result.domains, *self.extra))


def survey_card(one: PublishedSurvey, remarks: Remarks) -> SurveyCard:
    survey, group = one.survey, Group([one])
    extra = [question for slug in EXTRA_SLUGS if (question := survey.question(slug))]
    return SurveyCard(
        slug=one.slug,
        name=survey.service_provided or survey.service,
        service=survey.service,
        service_slug=one.service,
        transaction_point=survey.transaction_point,
        channel=channel_name(survey.channel),
        volumes=volumes([survey]),
        control_number=survey.control_number,
        collection_urls=tuple(url for url in survey.collection_url.split() if url.startswith(("https://", "http://"))),
        notes=tuple(notes_on(survey)),
        remarks=remarks.get(one.identity, ()),
        metrics_text=survey.metrics_text,
        result=combined(group),
        extra=tuple(score(group, question.domain) for question in extra if question.tally or question.wording),
        asked={question.domain: (question.wording, question.notes) for question in survey.questions},
    )


def notes_on(survey: Survey) -> Iterable[str]:
    if not survey.publishable:
        yield f"The clearance of this survey does not allow its answers to be published. {survey.publishable_reason}"
    if survey.scale != "five_point":
        yield f"{SCALES.get(survey.scale, survey.scale)} scale in the survey, reported as answers from 1 to 5."
    if survey.conversion:
        yield f"How it was converted: {survey.conversion}"


@dataclass(frozen=True)
class Scales:
    """That people did not answer on a five-point scale everywhere: on which, and what agencies made of it."""

    sentence: str
    conversions: tuple[str, ...]


def scales_of(surveys: Group) -> Scales | None:
    """None where all answered on a five-point scale."""
    found = wordings.scales(surveys)
    if found in ((), (SCALES["five_point"],)):
        return None
    return Scales(f"Answered on: {formats.joined(list(found)).lower()}", wordings.conversions(surveys))


def domain_links() -> tuple[tuple[str, str], ...]:
    return tuple((domain.slug, domain.name) for domain in SEVEN_DOMAINS)


def is_domain(slug: str) -> bool:
    return slug in DOMAIN_BY_SLUG
