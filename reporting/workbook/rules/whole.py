"""Checks across the surveys of a submission, and of its cover, metrics and index scores."""

from collections.abc import Callable, Hashable, Iterable, Iterator

from reporting.contents import Contents, Survey
from reporting.workbook.cells import ERROR, EXPLAIN, Problem
from reporting.workbook.rules.details import matching_service
from reporting.workbook.rules.findings import Context, Thing, answered, at, finding, was_read
from reporting.workbook.rules.patterns import total
from reporting.workbook.texts import key

_SAME_BY_CHANCE = 50  # answers in all, below which two surveys may get the same counts


def nothing_reported(contents: Contents, context: Context) -> Iterator[Problem]:
    if contents.is_empty:
        yield finding(
            "nothing_reported",
            ERROR,
            "There is no survey, no operational metric and no index score.",
            "At least one of them.",
            "Fill in Touchpoints and Responses; or ask OMB to mark the HISP as not reporting this quarter.",
            [],
        )


def reflection_missing(contents: Contents, context: Context) -> Iterator[Problem]:
    if not contents.reflection and not contents.is_empty and was_read(contents, "reflection"):
        yield finding(
            "reflection_missing",
            EXPLAIN,
            "The reflection is blank.",
            "What you learned this quarter.",
            "Write it on the Cover sheet, or explain why there is none. Without it the submission is partly complete.",
            at(contents, "reflection"),
            "Reflection",
        )


def surveys_twice(contents: Contents, context: Context) -> Iterator[Problem]:
    """The database keeps one survey per service, touchpoint and channel."""
    read = [s for s in contents.surveys if all(was_read(s, f) for f in ("service", "service_provided", "channel"))]
    for first, second in _twins(read, _identity):
        yield finding(
            "survey_twice",
            ERROR,
            "Two rows are the same survey: service, service provided and channel are equal.",
            "One row per survey.",
            "Change what is different between the two, or put their figures together in one row.",
            at(second, "service_provided", "service", "line")[:1]
            + at(first, "service_provided", "service", "line")[:1],
            second.label,
        )


def same_figures_twice(contents: Contents, context: Context) -> Iterator[Problem]:
    many = [s for s in contents.surveys if sum(total(q) for q in answered(s)) >= _SAME_BY_CHANCE]
    for first, second in _twins(many, lambda survey: tuple((q.domain, q.tally) for q in answered(survey))):
        yield finding(
            "same_figures_twice",
            EXPLAIN,
            f"All answers are exactly the same as those of “{first.label}”.",
            "Each survey’s own figures.",
            "Correct the counts of one of the two, or explain why they are the same.",
            at(answered(second)[0], "n1") + at(answered(first)[0], "n1"),
            second.label,
        )


def _identity(survey: Survey) -> tuple[str, str, str]:
    return key(survey.service), key(survey.service_provided), survey.channel


def _twins(things: Iterable[Survey], identity: Callable[[Survey], Hashable]) -> Iterator[tuple[Survey, Survey]]:
    """Each thing that has the identity of an earlier one, after that earlier one."""
    first: dict[Hashable, Survey] = {}
    for thing in things:
        earlier = first.setdefault(identity(thing), thing)
        if earlier is not thing:
            yield earlier, thing


def metrics_twice(contents: Contents, context: Context) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for metric in contents.metrics:
        identity = metric.name, matching_service(metric.service, context.services)
        if identity in seen:
            yield finding(
                "metric_twice",
                ERROR,
                f"The metric “{metric.name[:100]}” stands twice for the same service.",
                "Each metric once.",
                "Give one of the two another name, or clear its row.",
                at(metric, "name"),
                metric.name,
            )
        seen.add(identity)


def index_above_scale(contents: Contents, context: Context) -> Iterator[Problem]:
    for index in contents.indexes:
        if index.scale_maximum <= 0 or index.value > index.scale_maximum:
            yield finding(
                "index_above_scale",
                ERROR,
                f"The score is {index.value}, but the highest possible is {index.scale_maximum}.",
                "A score on its scale.",
                "Correct the value or the highest possible score.",
                at(index, "value", "scale_maximum"),
                index.name,
            )


def other_services_unknown(contents: Contents, context: Context) -> Iterator[Problem]:
    """On Operations and Index scores the service may be blank, but not another HISP’s."""
    things: tuple[Thing, ...] = (*contents.metrics, *contents.indexes)
    for thing in things:
        service, name = getattr(thing, "service", ""), getattr(thing, "name", "")
        if service and not matching_service(service, context.services):
            yield finding(
                "service_unknown",
                ERROR,
                f"“{service[:100]}” is not a designated service of this HISP.",
                "A designated service, from the list on the Cover sheet, or blank.",
                "Choose a service from the list, or leave the cell blank.",
                at(thing, "service"),
                name,
            )
