"""Checks of what describes a survey: service, channel, control number, address, scale, permission to publish."""

import re
from collections.abc import Iterator

from reporting.contents import Survey
from reporting.domains import CHANNELS, HISTORIC_CHANNELS, SCALES
from reporting.workbook.cells import ERROR, EXPLAIN, NOTE, Problem
from reporting.workbook.rules.findings import Context, at, finding, is_empty, was_read
from reporting.workbook.texts import is_address_placeholder, is_placeholder, key


def matching_service(text: str, services: tuple[str, ...]) -> str:
    """The designated service that is meant, whatever its case and spaces; "" if none."""
    return next((service for service in services if key(service) == key(text)), "")


def service_unknown(survey: Survey, context: Context) -> Iterator[Problem]:
    if not was_read(survey, "service") or matching_service(survey.service, context.services):
        return
    yield finding(
        "service_unknown",
        ERROR,
        f"“{survey.service[:100]}” is not a designated service of this HISP.",
        "A designated service, from the list on the Cover sheet.",
        "Choose a service from the list. If it is missing there, ask OMB to add it.",
        at(survey, "service"),
        survey.label,
    )


def channel_missing(survey: Survey, context: Context) -> Iterator[Problem]:
    if survey.channel in CHANNELS or not was_read(survey, "channel"):
        return
    name = HISTORIC_CHANNELS.get(survey.channel, survey.channel)
    yield finding(
        "channel_missing",
        ERROR,
        f"The channel is “{name}”, which is no longer accepted." if survey.channel else "The channel is blank.",
        "One channel per survey.",
        "Choose the channel over which most people were served, or report one survey per channel.",
        at(survey, "channel"),
        survey.label,
    )


def control_number_shape(survey: Survey, context: Context) -> Iterator[Problem]:
    typed = survey.control_number_typed.strip()
    if survey.control_number or is_placeholder(typed) or not was_read(survey, "control_number"):
        return
    digits = re.sub(r"\D", "", typed).zfill(8)
    hint = f" Was {digits[:4]}-{digits[4:]} meant?" if typed.isdigit() and len(typed) in (6, 7) else ""
    yield finding(
        "control_number_shape",
        ERROR,
        f"“{typed[:60]}” is not an OMB control number.",
        "Four digits, a hyphen, four digits, such as 2900-0770.",
        f"Write the number of the survey’s paperwork clearance like 2900-0770.{hint}",
        at(survey, "control_number"),
        survey.label,
    )


def control_number_missing(survey: Survey, context: Context) -> Iterator[Problem]:
    if survey.control_number or not is_placeholder(survey.control_number_typed) or is_empty(survey):
        return
    if was_read(survey, "control_number"):
        yield finding(
            "control_number_missing",
            EXPLAIN,
            "There is no OMB control number.",
            "The number of the survey’s paperwork clearance.",
            "Write it like 2900-0770, or explain why the survey needs none.",
            at(survey, "control_number"),
            survey.label,
        )


def collection_url(survey: Survey, context: Context) -> Iterator[Problem]:
    url = survey.collection_url
    if not was_read(survey, "collection_url") or re.match(r"https?://[^\s/]+\.[^\s/]+", url, re.IGNORECASE):
        return
    is_missing = is_address_placeholder(url)
    yield finding(
        "collection_url_missing" if is_missing else "collection_url_shape",
        NOTE if is_missing else ERROR,
        "There is no address of the information collection." if is_missing else f"“{url[:100]}” is not a web address.",
        "An address that starts with https://.",
        "Copy the address of the collection from reginfo.gov or the Federal Register.",
        at(survey, "collection_url"),
        survey.label,
    )


def conversion_missing(survey: Survey, context: Context) -> Iterator[Problem]:
    if survey.scale == "five_point" or survey.conversion or not was_read(survey, "conversion"):
        return
    yield finding(
        "conversion_missing",
        EXPLAIN,
        f"The scale is {SCALES.get(survey.scale, survey.scale).lower()}, but it is not said how it became 1 to 5.",
        "How answers were converted, such as “Yes = 5, No = 1”.",
        "Say it under Conversion on Touchpoints, or here.",
        at(survey, "conversion", "scale"),
        survey.label,
    )


def publishable_reason(survey: Survey, context: Context) -> Iterator[Problem]:
    if survey.publishable or survey.publishable_reason or not was_read(survey, "publishable_reason"):
        return
    yield finding(
        "publishable_reason",
        ERROR,
        "The survey may not be published, but the reason is blank.",
        "What the clearance says about publication.",
        "Give the reason; the public page shows it in place of the scores.",
        at(survey, "publishable_reason", "publishable"),
        survey.label,
    )
