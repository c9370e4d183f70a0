"""Checks of the answers: counts that are no counts, more answers than people, the same figures again."""

from collections.abc import Iterator

from reporting.contents import Survey
from reporting.domains import question_name
from reporting.workbook.cells import EXPLAIN, NOTE, Problem
from reporting.workbook.rules.findings import (
    Context,
    answered,
    answers_at,
    at,
    each,
)
from reporting.workbook.rules.patterns import (
    is_average,
    is_odd,
    is_one_point,
    is_percentages,
    is_slip,
    total,
)
from reporting.workbook.rules.rule import rule

_COUNTS = "The number of people who gave each answer."
# Up to a fiftieth more answers than respondents, or one person more, is another moment of counting: of the published
# excesses that small a person would call each fine.
SLIGHT_EXCESS, ONE_PERSON = 0.02, 1
SMALL_EXCESS = 0.1  # up to a tenth, the respondents were counted in another way; beyond, they are of another survey


@rule(
    EXPLAIN,
    looks_for="More answers to a question than there were respondents.",
    why="One person answers a question once. Mostly the respondents are of another period, or of another survey.",
    bad="1,500 respondents, but 1,780 answers about trust.",
    good="1,800 respondents, and 1,780 answers about trust.",
    expected="No more answers to a question than respondents.",
    fix="Correct the respondents or the counts, or explain how that is.",
    otherwise=f"Only noted up to {SLIGHT_EXCESS:.0%} more, or one person.",
)
def answers_exceed_respondents(survey: Survey, context: Context) -> Iterator[Problem]:
    respondents = survey.respondents or 0
    over = [q for q in answered(survey) if 0 < respondents < total(q)]
    if not over:
        return
    shown = [f"{question_name(q.domain)} {total(q):,}" for q in over]
    most = max(map(total, over))
    fix, is_small = _excess(most, respondents)
    cells = [*at(survey, "respondents"), *answers_at(over)] if is_small else answers_at(over)
    yield answers_exceed_respondents.finding(
        f"There are more answers than {_respondents(respondents)}: {', '.join(shown)}.",
        cells,
        survey.label,
        severity=NOTE if is_slight(most, respondents) else "",
        fix=fix,
        suggestion=str(most) if is_small else "",
    )


def _respondents(count: int) -> str:
    return "the one respondent" if count == 1 else f"the {count:,} respondents"


def is_slight(answers: int, respondents: int) -> bool:
    return answers <= max(respondents + ONE_PERSON, respondents * (1 + SLIGHT_EXCESS))


def _excess(most: int, respondents: int) -> tuple[str, bool]:
    """How to fix it, and whether it is small enough that the right number of respondents can be told."""
    right = f"Whoever answered one question is a respondent: write {most:,} as respondents"
    if is_slight(most, respondents):
        return f"{right}, or leave it: so small a difference needs no explanation.", True
    if most <= respondents * (1 + SMALL_EXCESS):
        return f"{right}, or explain how that is.", True
    return "", False


@rule(
    EXPLAIN,
    looks_for="Counts that add up to 99, 100 or 101 while many more people answered.",
    why="They are percentages. Typed as counts they make a survey of thousands weigh like one of a hundred.",
    bad="20, 11, 11, 25 and 33 with 18,366 respondents.",
    good="3,673, 2,020, 2,020, 4,592 and 6,061 with 18,366 respondents.",
    expected=_COUNTS,
    fix="Write numbers of people, or explain why there were so few answers.",
)
def percentages_as_counts(survey: Survey, context: Context) -> Iterator[Problem]:
    found = [q for q in answered(survey) if is_percentages(q, survey)]
    if found:
        yield percentages_as_counts.finding(
            f"These counts add up to about 100 while there were {survey.respondents:,} respondents: {each(found)}. "
            "They look like percentages.",
            answers_at(found),
            survey.label,
        )


@rule(
    EXPLAIN,
    looks_for="A small number alone among five counts while many more people answered.",
    why="It is a mean or an index. As a count it makes a score of exactly 1, 2, 3, 4 or 5.",
    bad="86, 0, 0, 0 and 0 with 3,024 respondents.",
    good="40, 62, 210, 980 and 1,700 with 3,024 respondents.",
    expected=_COUNTS,
    fix="Write how many people gave each answer, or explain why there were so few.",
)
def average_as_count(survey: Survey, context: Context) -> Iterator[Problem]:
    found = [q for q in answered(survey) if is_average(q, survey)]
    if found:
        yield average_as_count.finding(
            f"One answer holds everything while there were {survey.respondents:,} respondents: {each(found)}. "
            "It looks like an average or an index.",
            answers_at(found),
            survey.label,
        )


@rule(
    EXPLAIN,
    looks_for="Counts that do not add up to 100 in a survey whose other questions all do.",
    why="A typing slip in a row of percentages.",
    bad="130, 5, 14, 20 and 46 among rows that add up to 100.",
    good="The numbers of people who gave each answer.",
    expected=_COUNTS,
    fix="Write numbers of people, or explain these counts.",
)
def slip_in_percentages(survey: Survey, context: Context) -> Iterator[Problem]:
    found = [q for q in answered(survey) if is_slip(q, survey)]
    if found:
        yield slip_in_percentages.finding(
            f"The other questions look like percentages, but the counts of these do not add up to 100: {each(found)}.",
            answers_at(found),
            survey.label,
        )


@rule(
    EXPLAIN,
    looks_for="A question where everybody gave the same answer.",
    why="Among 30 people or more that hardly happens; mostly the total was typed into one of the five cells.",
    bad="0, 0, 0, 0 and 1,780.",
    good="31, 42, 120, 480 and 1,107.",
    expected=_COUNTS,
    fix="Write how many people gave each answer, or explain how everybody gave the same.",
)
def one_point_only(survey: Survey, context: Context) -> Iterator[Problem]:
    found = [q for q in answered(survey) if is_one_point(q) and not is_odd(q, survey)]
    if found:
        yield one_point_only.finding(
            f"Everybody gave the same answer: {each(found)}.", answers_at(found), survey.label
        )
