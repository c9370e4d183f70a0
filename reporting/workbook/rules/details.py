"""Checks of what describes a survey: service, channel, control number, address, scale, permission to publish."""

import re
from collections.abc import Iterator
from datetime import date

from reporting.contents import Contents, Survey
from reporting.domains import CHANNELS, HISTORIC_CHANNELS
from reporting.workbook.cells import ERROR, EXPLAIN, NOTE, Problem
from reporting.workbook.rules.fillers import is_no_number, says_nothing
from reporting.workbook.rules.findings import Context, Thing, at, is_empty, was_read
from reporting.workbook.rules.rule import rule
from reporting.workbook.texts import closest, is_address_placeholder, is_placeholder, key

_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s/]+\S*", re.IGNORECASE)
_SECOND_ADDRESS = re.compile(r"[\s,;]https?://", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:gov|mil|com|org|us)(?:/\S*)?", re.IGNORECASE)
_EXPIRY = re.compile(
    r"exp\w*\.?:?\s*(?:date\s*:?\s*)?(\d{1,2})/(?:(\d{1,2})/)?(\d{4}|\d{2})\b", re.IGNORECASE | re.ASCII
)


def matching_service(text: str, services: tuple[str, ...]) -> str:
    """The designated service that is meant, whatever its case and spaces; "" if none."""
    return next((service for service in services if key(service) == key(text)), "")


@rule(
    ERROR,
    looks_for="A service that is not one of the HISP’s designated services.",
    why="Figures are kept and published by designated service; names are matched whatever their case and spaces.",
    bad="“Passports” on the workbook of the Veterans Health Administration.",
    good="“Outpatient Services”, as in the list.",
    expected="A designated service, from the list on the Cover sheet.",
    fix="Choose a service from the list. If it is missing there, ask OMB to add it.",
)
def service_unknown(contents: Contents, context: Context) -> Iterator[Problem]:
    """On Operations and Index scores the service may be blank."""
    things: tuple[Thing, ...] = (*contents.surveys, *contents.metrics, *contents.indexes)
    for thing in things:
        name = getattr(thing, "service", "")
        may_be_blank = not isinstance(thing, Survey)
        if matching_service(name, context.services) or not was_read(thing, "service") or (may_be_blank and not name):
            continue
        yield service_unknown.finding(
            f"“{name[:100]}” is not a designated service of this HISP.",
            at(thing, "service"),
            getattr(thing, "label", "") or getattr(thing, "name", ""),
            fix="Choose a service from the list, or leave the cell blank." if may_be_blank else "",
            suggestion=closest(name, context.services),
        )


@rule(
    ERROR,
    looks_for="A blank channel, or one that is no longer accepted, such as “Mixed”.",
    why="Scores are compared by channel; a mixture says nothing about any of them.",
    bad="Mixed.",
    good="Phone.",
    expected="One channel per survey.",
    fix="Choose the channel over which most people were served, or report one survey per channel.",
)
def channel_missing(survey: Survey, context: Context) -> Iterator[Problem]:
    if survey.channel in CHANNELS or not was_read(survey, "channel"):
        return
    name = HISTORIC_CHANNELS.get(survey.channel, survey.channel)
    found = f"The channel is “{name}”, which is no longer accepted." if survey.channel else "The channel is blank."
    yield channel_missing.finding(found, at(survey, "channel"), survey.label)


@rule(
    ERROR,
    looks_for="A text under OMB control number that holds no control number, or two.",
    why="The control number proves that the survey may be carried out. “#3090-0297” or “3245-0404 EXP 3/31/24” is "
    "read; the text as typed is kept.",
    bad="6900035, which has lost a zero.",
    good="0690-0035.",
    expected="Four digits, a hyphen, four digits, such as 2900-0770.",
    fix="Write the number of the survey’s paperwork clearance like 2900-0770.",
)
def control_number_shape(survey: Survey, context: Context) -> Iterator[Problem]:
    typed = survey.control_number_typed.strip()
    if survey.control_number or is_placeholder(typed) or not was_read(survey, "control_number"):
        return
    suggestion = _with_lost_zeros(typed)
    yield control_number_shape.finding(
        f"“{typed[:60]}” is not an OMB control number.",
        at(survey, "control_number"),
        survey.label,
        fix=f"{control_number_shape.fix} Was {suggestion} meant?" if suggestion else "",
        suggestion=suggestion,
    )


def _with_lost_zeros(typed: str) -> str:
    """A number without its hyphen and its leading zeros: Excel drops both."""
    digits = re.sub(r"[\s-]", "", typed)
    if not re.fullmatch(r"\d{6,7}", digits, re.ASCII) or (digits != typed and not re.fullmatch(r"\d{3}-\d{4}", typed)):
        return ""
    return f"{digits.zfill(8)[:4]}-{digits.zfill(8)[4:]}"


@rule(
    EXPLAIN,
    looks_for="A survey without an OMB control number.",
    why="Under the Paperwork Reduction Act a survey of the public needs one.",
    bad="Blank, “N/A”, “TBD”, “0000-0000”.",
    good="2900-0770.",
    expected="The number of the survey’s paperwork clearance.",
    fix="Write it like 2900-0770, or explain why the survey needs none.",
)
def control_number_missing(survey: Survey, context: Context) -> Iterator[Problem]:
    typed, number = survey.control_number_typed, survey.control_number
    is_missing = is_no_number(number) if number else is_placeholder(typed)
    if is_missing and not is_empty(survey) and was_read(survey, "control_number"):
        said = f": the cell says only “{typed[:40]}”" if typed else ""
        found = f"{number} is no OMB control number." if number else f"There is no OMB control number{said}."
        yield control_number_missing.finding(found, at(survey, "control_number"), survey.label)


@rule(
    EXPLAIN,
    looks_for="A control number with an expiry date before the quarter.",
    why="A survey may not go on under a clearance that has expired.",
    bad="“3245-0404 EXP 3/31/20” in FY2021 Q3.",
    good="“3245-0404 EXP 3/31/24” in FY2021 Q3.",
    expected="A clearance that was valid in the quarter.",
    fix="Write the number and date of the clearance in force, or explain.",
)
def control_number_expired(survey: Survey, context: Context) -> Iterator[Problem]:
    expiry = _expiry(survey.control_number_typed)
    if expiry is not None and context.quarter is not None and expiry < context.quarter.first_day:
        found = f"The clearance {survey.control_number} expired on {expiry:%B} {expiry.day}, {expiry.year}."
        yield control_number_expired.finding(found, at(survey, "control_number"), survey.label)


def _expiry(typed: str) -> date | None:
    match = _EXPIRY.search(typed)
    if match is None:
        return None
    month, day, year = (int(part) if part else 1 for part in match.groups())
    try:
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None


@rule(
    NOTE,
    looks_for="A survey without the address of its information collection.",
    why="With it the public can look up what the survey asks and why.",
    bad="Blank.",
    good="https://www.reginfo.gov/public/do/PRAViewICR?ref_nbr=201909-2900-001",
    expected="An address that starts with https://.",
    fix="Copy the address of the collection from reginfo.gov or the Federal Register.",
)
def collection_url_missing(survey: Survey, context: Context) -> Iterator[Problem]:
    if is_address_placeholder(survey.collection_url) and was_read(survey, "collection_url"):
        said = f": the cell says only “{survey.collection_url[:40]}”" if survey.collection_url else ""
        found = f"There is no address of the information collection{said}."
        yield collection_url_missing.finding(found, at(survey, "collection_url"), survey.label)


@rule(
    ERROR,
    looks_for="A text under Collection URL that is not a web address.",
    why="It is published as a link.",
    bad="“Federal Register, June”",
    good="https://www.federalregister.gov/d/2021-12345",
    expected="An address that starts with https://.",
    fix="Copy the address of the collection from reginfo.gov or the Federal Register, or clear the cell.",
)
def collection_url_shape(survey: Survey, context: Context) -> Iterator[Problem]:
    url = survey.collection_url
    if is_address_placeholder(url) or not was_read(survey, "collection_url"):
        return
    if _ADDRESS.match(url) and not _SECOND_ADDRESS.search(url):
        return
    yield collection_url_shape.finding(
        f"“{url[:100]}” is not {'one' if _SECOND_ADDRESS.search(url) else 'a'} web address.",
        at(survey, "collection_url"),
        survey.label,
        suggestion=f"https://{url}" if _BARE_ADDRESS.fullmatch(url) else "",
    )


@rule(
    ERROR,
    looks_for="A survey that may not be published, without a reason.",
    why="The public page shows the reason in place of the scores.",
    bad="May be published? No; If not, why: blank.",
    good="May be published? No; “The clearance allows internal use only.”",
    expected="What the clearance says about publication.",
    fix="Give the reason; the public page shows it in place of the scores.",
)
def publishable_reason(survey: Survey, context: Context) -> Iterator[Problem]:
    reason = survey.publishable_reason
    if survey.publishable or not says_nothing(reason) or not was_read(survey, "publishable_reason"):
        return
    which = f"says only “{reason}”" if reason else "is blank"
    found = f"The survey may not be published, but the reason {which}."
    yield publishable_reason.finding(found, at(survey, "publishable_reason", "publishable"), survey.label)
