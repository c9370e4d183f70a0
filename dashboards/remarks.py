"""What the checks found in published figures, and what the agency says to it, beside the survey that it is about.

A finding was written down when the figures came, from all that was known then. So nothing of it appears that is not
public now: no finding in answers that may not be published, and what compares with other figures only where those
that are public give the same sentence.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboards import rows
from dashboards.providers import Row
from dashboards.published import Published
from dashboards.surveys import Group, PublishedSurvey
from reporting.contents import Contents, Survey
from reporting.workbook import rules
from reporting.workbook.cells import Problem
from reporting.workbook.rules.public import ABOUT_ITSELF

_RULES = {rule.name: rule for rule in rules.FOR_EACH_SURVEY}
_RULES_FOR_THE_WHOLE = {rule.name: rule for rule in rules.FOR_THE_WHOLE}


@dataclass(frozen=True)
class Remark:
    """`explanation`: in the agency's words; empty where it gave none."""

    words: str
    explanation: str


Remarks = Mapping[tuple[int, str], tuple[Remark, ...]]  # by the identity of the survey


def remarks(one: Published, before: Published | None) -> Remarks:
    """`before`: the same HISP's quarter before, where it is published. 1 query."""
    stored = list(rows.findings(one.hisp.slug, one.quarter, one.revision))
    public = _Public(one.surveys, before.surveys if before else Group())
    found = {survey.identity: tuple(_of(survey, stored, public)) for survey in one.surveys}
    return {identity: told for identity, told in found.items() if told}


class _Public:
    """The published figures, as the rules look at them."""

    def __init__(self, surveys: Group, before: Group) -> None:
        self.contents = _contents(surveys)
        self.context = rules.Context(previous=_contents(before))
        self.labels = Counter(survey.label for survey in self.contents.surveys)

    def found(self, rule: str, survey: Survey) -> Iterable[Problem]:
        """What the rule finds here now."""
        if rule in _RULES_FOR_THE_WHOLE:
            return (p for p in _RULES_FOR_THE_WHOLE[rule](self.contents, self.context) if p.label == survey.label)
        return _RULES[rule](survey, self.context) if rule in _RULES else ()


def _contents(surveys: Group) -> Contents:
    return Contents(surveys=tuple(one.survey for one in surveys if one.survey.publishable))


def _of(one: PublishedSurvey, stored: Iterable[Row], public: _Public) -> Iterable[Remark]:
    if not one.survey.publishable:
        return
    for finding in stored:
        if finding["label"] == one.survey.label and _is_public(finding, one.survey, public):
            yield Remark(finding["found"], finding["explanation"])


def _is_public(finding: Row, survey: Survey, public: _Public) -> bool:
    if finding["rule"] not in ABOUT_ITSELF:
        return any(problem.found == finding["found"] for problem in public.found(finding["rule"], survey))
    if public.labels[survey.label] == 1:
        return True
    return any(public.found(finding["rule"], survey))  # of two surveys of one name, the one that it is about
