"""Checks across the surveys of a submission, and of its cover, metrics and index scores."""

from collections.abc import Callable, Hashable, Iterable, Iterator

from reporting.contents import Contents, Question, Survey
from reporting.workbook.cells import ERROR, EXPLAIN, Cell, Problem
from reporting.workbook.rules.answers import SAME_BY_CHANCE
from reporting.workbook.rules.details import matching_service
from reporting.workbook.rules.findings import Context, answered, at, identity, names, was_read
from reporting.workbook.rules.patterns import is_odd, total
from reporting.workbook.rules.rule import rule
from reporting.workbook.rules.volumes import VOLUMES


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
    looks_for="A blank reflection.",
    why="It is what the agency itself has learned, and is published with the scores.",
    bad="Reflection blank.",
    good="“Waiting is what hurts most. We opened two more lines.”",
    expected="What you learned this quarter.",
    fix="Write it on the Cover sheet, or explain why there is none. Without it the submission is partly complete.",
)
def reflection_missing(contents: Contents, context: Context) -> Iterator[Problem]:
    if not contents.reflection and not contents.is_empty and was_read(contents, "reflection"):
        yield reflection_missing.finding("The reflection is blank.", at(contents, "reflection"), "Reflection")


@rule(
    ERROR,
    looks_for="Two rows with the same service, service provided and channel.",
    why="They are one survey, and its figures would count twice.",
    bad="“Outpatient appointment” by e-mail in rows 5 and 9.",
    good="“Outpatient appointment” by e-mail in row 5 and by phone in row 9.",
    expected="One row per survey.",
    fix="Change what is different between the two, or put their figures together in one row.",
)
def survey_twice(contents: Contents, context: Context) -> Iterator[Problem]:
    """The database keeps one survey per service, touchpoint and channel."""
    read = [s for s in contents.surveys if all(was_read(s, f) for f in ("service", "service_provided", "channel"))]
    for first, second in _twins(read, identity):
        yield survey_twice.finding(
            "Two rows are the same survey: service, service provided and channel are equal.",
            at(second, "service_provided", "service", "line")[:1]
            + at(first, "service_provided", "service", "line")[:1],
            second.label,
        )


@rule(
    EXPLAIN,
    looks_for="Exactly the same counts under two surveys, in all questions or in one.",
    why=f"With {SAME_BY_CHANCE} answers or more that does not happen by chance: a row was copied to another service.",
    bad="31, 42, 120, 480 and 1,107 under Community Care and under Outpatient Services.",
    good="Each survey has counts of its own.",
    expected="Each survey’s own figures.",
    fix="Correct the counts of one of the two, or explain why they are the same.",
)
def same_figures_twice(contents: Contents, context: Context) -> Iterator[Problem]:
    for place, second in enumerate(contents.surveys):
        for first in contents.surveys[:place]:
            same = _same(first, second)
            if same:
                which = "All answers" if len(same) == len(answered(second)) else f"The answers to {names(same)}"
                yield same_figures_twice.finding(
                    f"{which} are exactly the same as those of “{first.label}”.",
                    [c for q in same for c in at(q, "n1")] + [c for q in same for c in _first(first, q.domain)],
                    second.label,
                )
                break


@rule(
    EXPLAIN,
    looks_for="The same three volumes under two surveys.",
    why="Two services do not serve, ask and hear exactly as many people; one row was filled in from the other.",
    bad="191,302 customers, 5,589 offered, 689 respondents under two services.",
    good="Each survey has volumes of its own.",
    expected="Each survey’s own volumes.",
    fix="Correct the volumes of one of the two, or explain why they are the same.",
)
def same_volumes_twice(contents: Contents, context: Context) -> Iterator[Problem]:
    """Not told of surveys whose answers are the same too: that is told already."""
    known = [s for s in contents.surveys if all(getattr(s, field) for field in VOLUMES)]
    for first, second in _twins(known, lambda survey: tuple(getattr(survey, field) for field in VOLUMES)):
        if not _same(first, second):
            yield same_volumes_twice.finding(
                f"All three volumes are exactly the same as those of “{first.label}”.",
                at(second, *VOLUMES) + at(first, *VOLUMES),
                second.label,
            )


def _same(first: Survey, second: Survey) -> list[Question]:
    """Questions of the second with the counts of the first, where that is no chance."""
    same = [q for q in answered(second) if not is_odd(q, second) and first.tally(q.domain) == q.tally]
    is_whole = len(same) == len(answered(second)) == len(answered(first))
    enough = sum(map(total, same)) if is_whole else min(map(total, same), default=0)
    return same if enough >= SAME_BY_CHANCE else []


def _first(survey: Survey, domain: str) -> list[Cell]:
    question = survey.question(domain)
    return at(question, "n1") if question else []


def _twins(things: Iterable[Survey], identity: Callable[[Survey], Hashable]) -> Iterator[tuple[Survey, Survey]]:
    """Each thing that has the identity of an earlier one, after that earlier one."""
    first: dict[Hashable, Survey] = {}
    for thing in things:
        earlier = first.setdefault(identity(thing), thing)
        if earlier is not thing:
            yield earlier, thing


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
        name = metric.name, matching_service(metric.service, context.services)
        if name in seen:
            found = f"The metric “{metric.name[:100]}” stands twice for the same service."
            yield metric_twice.finding(found, at(metric, "name"), metric.name)
        seen.add(name)


@rule(
    ERROR,
    looks_for="An index score above the highest possible one.",
    why="One of the two numbers is a slip.",
    bad="Value 830, highest possible 100.",
    good="Value 83, highest possible 100.",
    expected="A score on its scale.",
    fix="Correct the value or the highest possible score.",
)
def index_above_scale(contents: Contents, context: Context) -> Iterator[Problem]:
    for index in contents.indexes:
        if index.scale_maximum <= 0 or index.value > index.scale_maximum:
            found = f"The score is {index.value}, but the highest possible is {index.scale_maximum}."
            yield index_above_scale.finding(found, at(index, "value", "scale_maximum"), index.name)
