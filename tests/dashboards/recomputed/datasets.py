"""The rows of the files of figures as the dictionary describes them, made from OMB's rows; unknown is None."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from hisps import names
from tests.dashboards.recomputed import words
from tests.dashboards.recomputed.checks import History
from tests.dashboards.recomputed.history import DOMAINS, QUESTIONS, Quarter, Row
from tests.dashboards.recomputed.quarters import EASTERN
from tests.dashboards.recomputed.scores import METHODS, Found, Group

Value = str | int | Decimal | bool | date | None
Line = dict[str, Value]

NOT_ASKED, NO_ANSWERS = "Not asked in this survey", "Asked, but no answers were reported"
NO_CUSTOMERS = "No survey with answers reported its number of customers"
NO_DOMAIN = "No question has a score that may be shown"
ANSWERS = ("strongly_disagree", "disagree", "neither", "agree", "strongly_agree")
_NAMES = (
    *("organization_name", "service_provider_name", "hisp", "service_name", "service"),
    *("survey", "service_provided", "channel"),
)
_ONE_HISP = ("pooled", "mean-of-surveys", "by-customers")  # it is its own mean of HISPs
_METHODS = {"government": tuple(METHODS), "department": tuple(METHODS), "survey": ("pooled",)}
_CENT = Decimal("0.01")  # the file of the past leaves a last 0 out


def rounded(value: Fraction | None, places: int) -> Decimal | None:
    return None if value is None else Decimal(words.half_up(value, places))


# Scores


def scores(past: History, slugs: dict[int, str]) -> Iterator[Line]:
    for quarter in past.quarters:
        for level, own, group in _entities(past, quarter, slugs):
            for method in _METHODS.get(level, _ONE_HISP):
                for domain in (*DOMAINS, "combined"):
                    place = {"fiscal_year": quarter[0], "fiscal_quarter": quarter[1], "level": level, **own}
                    yield {**place, "domain": domain, "method": method, **_score(group, domain, method)}


def _entities(past: History, quarter: Quarter, slugs: dict[int, str]) -> Iterator[tuple[str, Line, Group]]:
    rows = past.group(quarter)
    yield "government", _names(), rows
    for department in {row.department for row in rows}:
        yield "department", _names(department), past.group(quarter, department=department)
    for hisp in {row.hisp for row in rows}:
        own = past.group(quarter, hisp=hisp)
        above = (own[0].department, past.names[hisp], hisp)
        yield "hisp", _names(*above), own
        for service in {row.service for row in own}:
            of = past.group(quarter, service=service)
            yield "service", _names(*above, of[0].service_name, service), of
            for row in of:
                named = _names(*above, row.service_name, service, slugs[row.line], row.provided, row.channel)
                yield "survey", named, Group([row])


def _names(*own: str) -> Line:
    told = dict(zip(_NAMES, own, strict=False))
    return {name: told.get(name, "") for name in _NAMES}


def _score(group: Group, domain: str, method: str) -> Line:
    found = group.found(domain, method)
    is_combined = domain == "combined"
    return {
        "score": rounded(found.value, 2),
        "margin": rounded(found.margin, 4),
        "share_positive": None if is_combined else rounded(found.positive, 4),
        "answers": found.answers,
        "surveys": found.surveys,
        "hisps": found.hisps,
        "surveys_left_out": None if is_combined else found.left_out,
        "no_score_reason": "" if found.value is not None else _why(group, domain, found),
    }


def _why(group: Group, domain: str, found: Found) -> str:
    if domain == "combined":
        return NO_DOMAIN
    if found.left_out:
        return NO_CUSTOMERS
    return NO_ANSWERS if any(asked(row, domain) for row in group) else NOT_ASKED


def asked(row: Row, domain: str) -> bool:
    """A question that reads “NONE” and the like was not asked."""
    return domain in row.answers or names.key(row.wordings[domain]) not in ("", "none", "no question", "n/a")


# Responses


def responses(past: History, slugs: dict[int, str]) -> Iterator[Line]:
    when = published(past.rows)
    for row in past.rows:
        for domain in QUESTIONS:
            if domain in DOMAINS or asked(row, domain):
                yield {**_survey(past, row, slugs), **_answers(row, domain), **when[row.quarter, row.hisp]}


def _survey(past: History, row: Row, slugs: dict[int, str]) -> Line:
    year, number = row.quarter
    return {
        "fiscal_year": year,
        "fiscal_quarter": number,
        "organization_name": row.department,
        "service_provider_name": past.names[row.hisp],
        "hisp": row.hisp,
        "service_name": row.service_name,
        "service": row.service,
        "survey": slugs[row.line],
        "service_provided": row.provided,
        "transaction_point": row.point,
        "channel": row.channel,
        "customers": row.customers,
        "offered": row.offered,
        "respondents": row.respondents,
    }


def _answers(row: Row, domain: str) -> Line:
    counts = row.answers.get(domain)
    found = Group([row]).found(domain, "pooled")
    return {
        "domain": domain,
        "question": row.wordings[domain] if asked(row, domain) else "",
        **dict(zip(ANSWERS, counts or [None] * 5, strict=True)),
        "answers": sum(counts or ()),
        "score": rounded(found.value, 2),
        "share_positive": rounded(found.positive, 4),
        "no_answers_reason": "" if counts else NO_ANSWERS if asked(row, domain) else NOT_ASKED,
        "scale": "five_point",  # the files of the past tell no other
        "conversion": "",
        "publishable": True,
    }


def published(rows: Iterable[Row]) -> dict[tuple[Quarter, str], Line]:
    """Each quarter came in one publication, on the day of the last change that OMB's file tells of."""
    rows = list(rows)
    numbers = {quarter: number for number, quarter in enumerate(sorted({row.quarter for row in rows}), start=1)}
    days: dict[tuple[Quarter, str], date] = {}
    for row in rows:
        day = datetime.fromisoformat(row.updated).astimezone(EASTERN).date()
        days[row.quarter, row.hisp] = max(day, days.get((row.quarter, row.hisp), day))
    return {key: {"revision": 1, "publication": numbers[key[0]], "published_on": day} for key, day in days.items()}


# Collections


def collections(past: History) -> Iterator[Line]:
    """In the columns of OMB's file. What nobody answered has five zeros, and its wording where it was asked."""
    for row in past.rows:
        yield {
            "collection_year": row.quarter[0],
            "collection_quarter": row.quarter[1],
            "organization_name": row.department,
            "service_provider_name": past.names[row.hisp],
            "service_name": row.service_name,
            "service_provided": row.provided,
            "transaction_point": row.point,
            "channel": row.channel,
            "volume_of_customers": row.customers,
            "volume_of_customers_provided_survey_opportunity": row.offered,
            "volume_of_respondents": row.respondents,
            **{
                name: value for n, domain in enumerate(QUESTIONS, start=1) for name, value in _question(row, n, domain)
            },
        }


def _question(row: Row, number: int, domain: str) -> Iterator[tuple[str, Value]]:
    yield f"q{number}_text", row.wordings[domain] if asked(row, domain) else ""
    for answer, count in enumerate(row.answers.get(domain, (0,) * 5), start=1):
        yield f"q{number}_{answer}", count
    yield f"q{number}_point_scale", Decimal(row.published[domain]).quantize(_CENT) if domain in row.answers else None


# What a survey is called


def slugs(past: History, found: Iterable[dict[str, Value]]) -> dict[int, str]:
    """By line of OMB's file, from rows of the site. One survey has one name in all quarters, and no two have the same;
    its channel ends it, and surveys of a touchpoint begin alike."""
    lines = {_told(row): row.line for row in past.rows}
    named = {lines[key]: str(one["survey"]) for one in found if (key := _seen(one)) in lines}
    by_identity = {(past.identity[line], slug) for line, slug in named.items()}
    assert len(named) == len(past.rows)
    assert len(by_identity) == len({own for own, _ in by_identity}) == len({slug for _, slug in by_identity})
    touchpoints = {(own[:3], slug.partition("-")[0]) for own, slug in by_identity}
    assert len(touchpoints) == len({own for own, _ in touchpoints}) == len({number for _, number in touchpoints})
    assert all(slug.partition("-")[2] == own[3] for own, slug in by_identity)
    return named


def _told(row: Row) -> tuple[Value, ...]:
    return (*row.quarter, row.hisp, row.service, row.provided, row.point, row.channel)


def _seen(one: dict[str, Value]) -> tuple[Value, ...]:
    columns = ("fiscal_year", "fiscal_quarter", "hisp", "service", "service_provided", "transaction_point", "channel")
    return tuple(one[name] for name in columns)
