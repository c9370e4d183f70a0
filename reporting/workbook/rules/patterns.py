"""What five counts look like when they are no counts: percentages, an average, answers from another scale.

Found in published submissions (percentages seven quarters in a row, averages for two years), each accepted by people.
"""

from reporting.contents import Question, Survey
from reporting.scoring import FEW_ANSWERS

# From here on a survey's question would hardly get about 100 answers by chance. Published percentages had 200 or more.
MANY_RESPONDENTS = 200
PERCENT_SUMS = range(99, 102)  # rounded shares add up to 99, 100 or 101
LARGEST_AVERAGE = 100  # averages of 1 to 5 and indexes of 0 to 100 were typed into single count cells
FAR_FEWER = 10  # a question gets at least a tenth of the respondents, unless its counts are no counts
LARGEST_SLIP = 1000  # a typing slip makes a percentage at most a digit longer
THREE_POINTS = ((1, 3, 5),)
# From here on an answer between two others is given by somebody: published five-point questions that leave one out
# have fewer answers, those that leave one out with more were asked on three or four points.
MANY_FOR_THREE, MANY_FOR_FOUR = 100, 300


def total(question: Question) -> int:
    return question.tally.n if question.tally else 0


def filled(question: Question) -> tuple[int, ...]:
    """The answers that anybody gave, such as (1, 5)."""
    counts = question.tally.counts if question.tally else ()
    return tuple(point for point, count in enumerate(counts, start=1) if count)


def _is_of_many(question: Question, survey: Survey) -> bool:
    respondents = survey.respondents or 0
    return respondents >= MANY_RESPONDENTS and total(question) > 0


def is_percentages(question: Question, survey: Survey) -> bool:
    return _is_of_many(question, survey) and total(question) in PERCENT_SUMS and len(filled(question)) > 1


def is_average(question: Question, survey: Survey) -> bool:
    return (
        _is_of_many(question, survey)
        and len(filled(question)) == 1
        and total(question) <= LARGEST_AVERAGE
        and total(question) * FAR_FEWER <= (survey.respondents or 0)
    )


def is_slip(question: Question, survey: Survey) -> bool:
    """A row of a survey of percentages that does not add up to about 100 itself."""
    others = [q for q in survey.questions if total(q) and q.domain != question.domain]
    shares = sum(is_percentages(q, survey) for q in others)
    return (
        _is_of_many(question, survey)
        and not is_percentages(question, survey)
        and not is_average(question, survey)
        and total(question) <= LARGEST_SLIP
        and shares >= 2
        and shares * 2 >= len(others)
    )


def is_odd(question: Question, survey: Survey) -> bool:
    """Not counts of people at all: what else is odd about them follows from that."""
    return is_percentages(question, survey) or is_average(question, survey) or is_slip(question, survey)


def is_one_point(question: Question) -> bool:
    return len(filled(question)) == 1 and total(question) >= FEW_ANSWERS


def is_other_scale(question: Question) -> bool:
    """Yes/no, three points or four: answers in between that nobody gave, among enough people to be no chance."""
    points = filled(question)
    apart = len(points) == 2 and points[1] - points[0] > 1
    few = total(question) >= FEW_ANSWERS and (apart or points in THREE_POINTS)
    has_gap = len(points) > 1 and len(points) < points[-1] - points[0] + 1
    return few or (has_gap and total(question) >= (MANY_FOR_THREE if len(points) < 4 else MANY_FOR_FOUR))
