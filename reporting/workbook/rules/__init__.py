"""Checks across cells, rows and quarters: two lists of rules, each from contents and context to findings.

What blocks, what must be explained and what is only noted follows the defects found in published submissions: rules
that real data breaks ask for an explanation, rules that it never breaks block. Each rule tells one thing once per
survey, with the cells it concerns; what follows from another finding is not told.
"""

from reporting.contents import Contents
from reporting.workbook.cells import Problem
from reporting.workbook.rules import answers, details, questions, repeats, scales, unanswered, volumes, whole, wordings
from reporting.workbook.rules.details import matching_service
from reporting.workbook.rules.findings import Context, is_stray
from reporting.workbook.rules.rule import Rule

__all__ = ["FOR_EACH_SURVEY", "FOR_THE_WHOLE", "MISSING", "Context", "Rule", "matching_service", "problems"]

FOR_EACH_SURVEY: tuple[Rule, ...] = (
    details.channel_missing,
    volumes.empty_survey,
    volumes.respondents_exceed_offered,
    volumes.everybody_answered,
    volumes.offered_exceeds_customers,
    volumes.volume_missing,
    repeats.volume_jump,
    repeats.same_volumes_as_last_quarter,
    details.control_number_shape,
    details.control_number_missing,
    details.control_number_expired,
    details.collection_url_missing,
    details.collection_url_shape,
    scales.conversion_missing,
    details.publishable_reason,
    wordings.wording_missing,
    scales.ten_point_wording,
    wordings.wording_of_other_domain,
    answers.percentages_as_counts,
    answers.average_as_count,
    answers.slip_in_percentages,
    answers.one_point_only,
    answers.answers_exceed_respondents,
    questions.answers_far_below_respondents,
    questions.same_counts_within,
    questions.counted_on,
    questions.reversed_answers,
    scales.other_scale,
    scales.scale_contradicted,
    repeats.same_as_last_quarter,
    unanswered.no_satisfaction_answers,
    unanswered.no_trust_answers,
    unanswered.no_answers,
    unanswered.domain_missing,
    volumes.few_answers,
)
FOR_THE_WHOLE: tuple[Rule, ...] = (
    whole.nothing_reported,
    whole.reflection_missing,
    whole.contact_missing,
    details.service_unknown,
    whole.survey_twice,
    repeats.same_figures_twice,
    repeats.same_volumes_twice,
    whole.metric_twice,
    whole.index_above_scale,
)


# What misses something: not told of a row, or of a file, with something in it that could not be read.
MISSING = frozenset(
    rule.name
    for rule in (
        whole.nothing_reported,
        volumes.empty_survey,
        unanswered.no_satisfaction_answers,
        unanswered.no_trust_answers,
        unanswered.no_answers,
        unanswered.domain_missing,
    )
)


def problems(contents: Contents, context: Context) -> list[Problem]:
    """Every finding: of the whole first, then survey by survey."""
    found = [problem for rule in FOR_THE_WHOLE for problem in rule(contents, context)]
    named = [survey for survey in contents.surveys if not is_stray(survey)]
    found += [p for survey in named for rule in FOR_EACH_SURVEY for p in rule(survey, context)]
    return found
