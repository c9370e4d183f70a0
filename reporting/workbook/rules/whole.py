"""Checks across the surveys of a submission, and of its cover, metrics and index scores."""

from collections.abc import Iterator

from reporting.contents import Contents, Survey
from reporting.workbook.cells import ERROR, EXPLAIN, NOTE, Problem
from reporting.workbook.rules.details import matching_service
from reporting.workbook.rules.fillers import says_nothing
from reporting.workbook.rules.findings import Context, at, identity, listed, twins, was_read
from reporting.workbook.rules.rule import rule
from reporting.workbook.texts import key


@rule(
    ERROR,
    looks_for="A workbook without a survey, an operational metric or an index score.",
    why="There is nothing to publish; a HISP that does not report is marked as such by OMB.",
    bad="Only the Cover is filled in.",
    good="At least one survey.",
    expected="At least one of them.",
    fix="Fill in Touchpoints and Responses; or ask OMB to mark the HISP as not reporting this quarter.",
)
def nothing_reported(contents: Contents, context: Context) -> Iterator[Problem]:
    if contents.is_empty:
        yield nothing_reported.finding("There is no survey, no operational metric and no index score.", [])


@rule(
    EXPLAIN,
    looks_for="A blank reflection, or one that says nothing, such as “TBD”.",
    why="It is what the agency itself has learned, and is published with the scores.",
    bad="Reflection blank.",
    good="“Waiting is what hurts most. We opened two more lines.”",
    expected="What you learned this quarter.",
    fix="Write the reflection on the Cover sheet, or explain why there is none. Without it the submission is partly "
    "complete.",
)
def reflection_missing(contents: Contents, context: Context) -> Iterator[Problem]:
    said = contents.reflection
    if says_nothing(said) and not contents.is_empty and was_read(contents, "reflection"):
        found = f"The reflection says only “{said}”." if said else "The reflection is blank."
        yield reflection_missing.finding(found, at(contents, "reflection"), "Reflection")


_CONTACT = {"contact_name": "name", "contact_email": "e-mail"}


@rule(
    NOTE,
    looks_for="A Cover without the name or the e-mail of a contact.",
    why="A reviewer who has a question needs somebody to write to. The figures are right without it.",
    bad="Contact e-mail blank.",
    good="name@agency.gov",
    expected="The name and the e-mail of a person whom OMB can ask.",
    fix="Fill in the contact on the Cover sheet, so that OMB knows whom to ask.",
)
def contact_missing(contents: Contents, context: Context) -> Iterator[Problem]:
    blank = [field for field in _CONTACT if not getattr(contents, field) and was_read(contents, field)]
    if blank and not contents.is_empty:
        words = listed([_CONTACT[field] for field in blank])
        found = f"The {words} of the contact {'is' if len(blank) == 1 else 'are'} blank."
        yield contact_missing.finding(found, at(contents, *blank), "Contact")


@rule(
    ERROR,
    looks_for="Two rows with the same service, service provided and channel.",
    why="They are one survey, and its figures would count twice.",
    bad="“Outpatient appointment” by e-mail in rows 5 and 9.",
    good="“Outpatient appointment” by e-mail in row 5 and by phone in row 9.",
    expected="One row per survey.",
    fix="Put their figures together in one row; or make Service provided different, since the transaction point does "
    "not tell two surveys apart.",
)
def survey_twice(contents: Contents, context: Context) -> Iterator[Problem]:
    """The database keeps one survey per service, touchpoint and channel."""
    read = [s for s in contents.surveys if all(was_read(s, f) for f in ("service", "service_provided", "channel"))]
    for first, second in twins(read, identity):
        yield survey_twice.finding(
            "Two rows are the same survey: service, service provided and channel are equal.",
            at(second, "service_provided", "service", "line")[:1]
            + at(first, "service_provided", "service", "line")[:1],
            second.label,
            fix=_told_apart(first, second),
        )


def _told_apart(first: Survey, second: Survey) -> str:
    """Where only the transaction points differ, they are what Service provided should say too."""
    point = second.transaction_point
    if not point or key(point) == key(first.transaction_point):
        return ""
    return (
        "The transaction point does not tell two surveys apart. Make Service provided different, such as "
        f"“{second.service_provided}, {point[:80]}”; or put their figures together in one row."
    )


@rule(
    ERROR,
    looks_for="An operational metric that stands twice for one service.",
    why="Nobody could say which of the two figures is right.",
    bad="“Calls” twice for Community Care.",
    good="“Calls answered” and “Calls abandoned” for Community Care.",
    expected="Each metric once.",
    fix="Give one of the two another name, or clear its row.",
)
def metric_twice(contents: Contents, context: Context) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for metric in contents.metrics:
        if not was_read(metric, "service"):
            continue
        name = metric.name, matching_service(metric.service, context.services)
        if name in seen:
            found = f"The metric “{metric.name[:100]}” stands twice for the same service."
            yield metric_twice.finding(found, at(metric, "name"), metric.name)
        seen.add(name)


@rule(
    ERROR,
    looks_for="An index score, or its threshold, above the highest possible one.",
    why="One of the two numbers is a slip.",
    bad="Value 830, highest possible 100.",
    good="Value 83, highest possible 100.",
    expected="A score on its scale.",
    fix="Correct the value or the highest possible score.",
)
def index_above_scale(contents: Contents, context: Context) -> Iterator[Problem]:
    for index in contents.indexes:
        if not was_read(index, "scale_maximum"):
            continue
        if index.scale_maximum <= 0 or index.value > index.scale_maximum:
            found = f"The score is {index.value}, but the highest possible is {index.scale_maximum}."
            yield index_above_scale.finding(found, at(index, "value", "scale_maximum"), index.name)
        elif index.threshold is not None and index.threshold > index.scale_maximum:
            found = f"The threshold is {index.threshold}, but the highest possible score is {index.scale_maximum}."
            fix = "Correct the threshold or the highest possible score."
            yield index_above_scale.finding(found, at(index, "threshold", "scale_maximum"), index.name, fix=fix)
