"""Questions without answers: said to be not asked, asked without answers, or gone without a word."""

from dataclasses import replace

import pytest

from reporting.contents import Contents, Survey
from reporting.workbook import parse, rules, spec
from reporting.workbook.cells import EXPLAIN, NOTE, Cell
from tests.reporting.workbook.fill import fill_from
from tests.reporting.workbook.rules.checks import found, rules_of, with_question
from tests.reporting.workbook.workbooks import SERVICES, cell_of, contents, edited, fresh, question, survey, typed


@pytest.mark.parametrize("domain", ["satisfaction", "trust"])
def test_missing_core_answers_are_to_be_explained(domain: str) -> None:
    made = survey(questions=tuple(q for q in survey().questions if q.domain != domain))

    problem = found(made, f"no_{domain}_answers")

    assert problem is not None
    assert problem.severity == EXPLAIN
    assert problem.found == f"There are no answers about {domain}."


def test_missing_core_answers_with_a_reason_are_a_note() -> None:
    trust = replace(question("trust"), no_data="not_asked", notes="The clearance has no trust question.")

    problem = found(with_question(trust), "no_trust_answers")

    assert problem is not None
    assert problem.severity == NOTE
    assert problem.fix == "The reason given: The clearance has no trust question."


def test_published_line_without_core_answers_is_told_though_it_has_no_notes() -> None:
    trust = replace(question("trust"), no_data="no_answers", places={"n1": Cell("", 5, "")})
    made = replace(with_question(trust), places={"line": Cell("", 5, "")})

    assert found(made, "no_trust_answers") is not None


def test_question_asked_without_answers_is_noted_once_for_all() -> None:
    made = survey(questions=(*survey().questions[:5], question("transparency"), question("employee")))

    problem = found(made, "no_answers")

    assert problem is not None
    assert problem.found == "Asked, but all five counts are 0 or blank: Transparency and Employee."


def test_question_that_was_not_asked_is_no_finding() -> None:
    made = with_question(replace(question("employee"), no_data="not_asked"))

    assert rules_of(made) == []


def _without(*domains: str) -> Survey:
    return survey(questions=tuple(q for q in survey().questions if q.domain not in domains))


def _before(made: Survey) -> Contents:
    return contents((replace(made, customers=800_000, offered=39_000, respondents=1_999),))


def test_domain_of_last_quarter_without_a_row_is_to_be_explained() -> None:
    problem = found(_without("ease"), "domain_missing", previous=_before(survey(2, **_names(survey()))))

    assert problem is not None
    assert problem.severity == EXPLAIN
    assert problem.found == "Last quarter this survey asked about Ease; this quarter there is no row for it."


def _names(made: Survey) -> dict[str, str]:
    return {"service": made.service, "service_provided": made.service_provided}


def test_domain_that_was_never_asked_is_noted_where_every_service_can_ask_it() -> None:
    problem = found(_without("ease", "efficiency", "transparency", "employee"), "domain_missing")

    assert problem is not None
    assert problem.severity == NOTE
    assert problem.found == "There is no row about Ease and Efficiency, which is taken as not asked."


def test_employee_that_was_never_asked_is_no_finding() -> None:
    assert rules_of(_without("transparency", "employee")) == []


def test_domain_that_is_said_to_be_not_asked_is_no_finding() -> None:
    said = with_question(replace(question("ease"), no_data="not_asked"))

    assert found(said, "domain_missing", previous=_before(survey())) is None


def _sheet(data: bytes, row: int, previous: Contents | None = None) -> list[tuple[str, str]]:
    """What the rule tells of a workbook in which a row of Responses was deleted."""
    shorter = edited(data, lambda book: book[spec.RESPONSES.name].delete_rows(row))
    read = parse.read(shorter)
    assert read.contents is not None
    context = rules.Context(SERVICES, previous)
    return [(p.found, str(p.cell)) for p in rules.problems(read.contents, context) if p.rule == "domain_missing"]


def test_deleted_row_is_told_beside_the_row_before_it() -> None:
    data = fill_from(fresh(), contents(1))

    assert _sheet(data, 8) == [("There is no row about Ease, which is taken as not asked.", "Responses!C7")]


def test_row_whose_question_cannot_be_read_is_not_called_deleted() -> None:
    data = typed(fill_from(fresh(), contents(1)), {cell_of(spec.RESPONSES, "domain", 3): "Eesy"})
    read = parse.read(data)
    assert read.contents is not None

    assert [p.rule for p in read.problems] == ["not_in_list"]
    assert not [p for p in rules.problems(read.contents, rules.Context(SERVICES)) if p.rule == "domain_missing"]
