"""Checks across cells, rows and quarters: two lists of functions, each from contents and context to findings.

What blocks, what must be explained and what is only noted follows the defects found in published submissions: rules
that real data breaks ask for an explanation, rules that it never breaks block. Each rule tells one thing once per
survey, with the cells it concerns; what follows from another finding is not told.
"""

from collections.abc import Callable, Iterator

from reporting.contents import Contents, Survey
from reporting.workbook.cells import Problem
from reporting.workbook.rules import answers, details, volumes, whole, wordings
from reporting.workbook.rules.details import matching_service
from reporting.workbook.rules.findings import Context

__all__ = ["FOR_EACH_SURVEY", "FOR_THE_WHOLE", "Context", "matching_service", "problems"]

FOR_EACH_SURVEY: tuple[Callable[[Survey, Context], Iterator[Problem]], ...] = (
    details.service_unknown,
    details.channel_missing,
    volumes.empty_survey,
    volumes.respondents_exceed_offered,
    volumes.offered_exceeds_customers,
    volumes.volume_missing,
    details.control_number_shape,
    details.control_number_missing,
    details.collection_url,
    details.conversion_missing,
    details.publishable_reason,
    wordings.wording_missing,
    wordings.ten_point_wording,
    answers.percentages_as_counts,
    answers.average_as_count,
    answers.slip_in_percentages,
    answers.answers_exceed_respondents,
    answers.other_scale,
    answers.same_as_last_quarter,
    answers.no_core_answers,
    answers.no_answers,
    volumes.few_answers,
)
FOR_THE_WHOLE: tuple[Callable[[Contents, Context], Iterator[Problem]], ...] = (
    whole.nothing_reported,
    whole.reflection_missing,
    whole.surveys_twice,
    whole.same_figures_twice,
    whole.metrics_twice,
    whole.index_above_scale,
    whole.other_services_unknown,
)


def problems(contents: Contents, context: Context) -> list[Problem]:
    """Every finding: of the whole first, then survey by survey."""
    found = [problem for rule in FOR_THE_WHOLE for problem in rule(contents, context)]
    found += [p for survey in contents.surveys for rule in FOR_EACH_SURVEY for p in rule(survey, context)]
    return found
