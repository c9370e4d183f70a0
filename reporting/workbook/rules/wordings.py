"""Checks of the questions as asked."""

import re
from collections.abc import Iterator

from reporting.contents import Question, Survey
from reporting.domains import DOMAIN_BY_SLUG, question_name
from reporting.workbook.cells import ERROR, NOTE, Problem
from reporting.workbook.rules.findings import Context, answered, listed, was_read, wordings_at
from reporting.workbook.rules.rule import rule
from reporting.workbook.texts import is_placeholder


@rule(
    ERROR,
    looks_for="Answers without the question.",
    why="A score means what was asked; the wording is published beside it.",
    bad="Counts, and “NONE” under Question as asked.",
    good="Counts, and “My need was addressed.”",
    expected="The question as people saw it.",
    fix="Write the question under Question as asked, or clear its counts.",
)
def wording_missing(survey: Survey, context: Context) -> Iterator[Problem]:
    found = [q for q in answered(survey) if is_placeholder(q.wording) and was_read(q, "wording")]
    if found:
        yield wording_missing.finding(
            f"There are answers, but no question: {listed(map(_found, found))}.", wordings_at(found), survey.label
        )


def _found(question: Question) -> str:
    """“Trust”, or “Trust (the cell says “NONE”)”: what was typed, where it only stands for nothing."""
    name = question_name(question.domain)
    return f"{name} (the cell says “{question.wording[:40]}”)" if question.wording.strip() else name


# Agencies word freely, so only a question that has nothing of its own domain and is telling of just one other is
# told; reading any keyword as proof would flag every fourth published question, and mostly wrongly.
_OWN_WORDS = {
    "satisfaction": r"satisf|overall|rate|experience",
    "trust": r"trust|confiden|recommend|likely|expectation|rely|fulfil",
    "effectiveness": r"need|resol|answer|accomplish|address|found|find|help|useful|inform|complete|success|clear",
    "ease": r"eas[yei]|simple|clear|underst|naviga|knew|self-explanatory|convenient|access|usef|able",
    "efficiency": r"time|quick|wait|pace|prompt|fast|speed|long|soon|efficien",
    "transparency": r"fair|underst|clear|explain|knew|know|transparen|inform|access|courte|respect|compar|caring",
    "employee": r"employee|staff|represent|agent|personnel|specialist|person|attorney|officer|team|courte|profession|"
    r"helpful|decision maker|inspector",
}
_TELLING_WORDS = {
    "satisfaction": r"\bsatisfied with|overall satisfaction",
    "trust": r"increased my (?:confidence|trust)|\bi trust\b",
    "effectiveness": r"my (?:need|issue) was",
    "ease": r"it was easy to",
    "efficiency": r"reasonable amount of time",
    "transparency": r"treated (?:me )?fairly",
    "employee": r"(?:employees?|representatives?|agents?)\b.*\bhelpful",
}
_OWN = {slug: re.compile(words, re.IGNORECASE) for slug, words in _OWN_WORDS.items()}
_TELLING = {slug: re.compile(words, re.IGNORECASE | re.DOTALL) for slug, words in _TELLING_WORDS.items()}


@rule(
    NOTE,
    looks_for="A question whose words are typical of another domain.",
    why="Scores are grouped by the declared domain, so an answer about time counted as satisfaction misleads. The "
    "declared domain is kept; the reviewer is told.",
    bad="Trust: “It took a reasonable amount of time …”",
    good="Efficiency: “It took a reasonable amount of time …”",
    expected="A question about the domain under which it stands.",
    fix="If it stands in the wrong row, move it with its counts; if not, there is nothing to do.",
)
def wording_of_other_domain(survey: Survey, context: Context) -> Iterator[Problem]:
    found = [(q, other) for q in answered(survey) if (other := _other_domain(q))]
    if found:
        shown = [f"{question_name(q.domain)} reads like {question_name(other)}" for q, other in found]
        yield wording_of_other_domain.finding(
            f"By its words a question seems to be about something else: {listed(shown)}.",
            wordings_at([q for q, _ in found]),
            survey.label,
        )


def _other_domain(question: Question) -> str:
    """The one domain that the words are typical of, where they have nothing of the declared one."""
    own = _OWN.get(question.domain)
    if own is None or own.search(question.wording):
        return ""
    others = [slug for slug in DOMAIN_BY_SLUG if slug != question.domain and _TELLING[slug].search(question.wording)]
    return others[0] if len(others) == 1 else ""
