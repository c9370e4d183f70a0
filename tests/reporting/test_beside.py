from dataclasses import replace
from fractions import Fraction

from reporting.beside import beside
from reporting.contents import Contents, Question, Survey
from reporting.scoring import Tally


def survey(*tallies: tuple[str, Tally], provided: str = "Form", **fields: object) -> Survey:
    questions = tuple(Question(slug, f"About {slug}.", tally) for slug, tally in tallies)
    return Survey("Service", provided, channel="email", questions=questions, **fields)


THEN = survey(("trust", Tally(0, 0, 0, 10, 0)), customers=2000, offered=500, respondents=10)
NOW = survey(("trust", Tally(0, 0, 0, 5, 5)), customers=30_000, offered=600, respondents=None)


def block(now: Survey, then: Survey):
    return beside(Contents(surveys=(now,)), Contents(surveys=(then,))).blocks[0]


def test_volumes_stand_beside_last_quarters_and_jumps_are_marked():
    customers, offered, respondents = block(NOW, THEN).volumes
    assert (customers.before, customers.growth, customers.jumps) == (2000, 14, True)
    assert (offered.growth, offered.jumps) == (Fraction(1, 5), False)
    assert (respondents.now, respondents.growth, respondents.jumps) == (None, None, False)


def test_score_changes_in_points():
    trust = next(row for row in block(NOW, THEN).rows if row.now.slug == "trust")
    assert trust.change == Fraction(1, 2)
    assert beside(Contents(surveys=(NOW,)), Contents(surveys=(THEN,))).change == Fraction(1, 2)


def test_question_that_came_or_went_is_told():
    asked = survey(("trust", Tally(0, 0, 0, 10, 0)), ("ease", Tally(1, 1, 1, 1, 1)), ("extra_1", Tally(1, 0, 0, 0, 0)))
    came = {row.now.slug for row in block(asked, THEN).rows if row.is_new}
    went = {row.now.slug for row in block(THEN, asked).rows if row.is_gone}
    assert came == went == {"ease", "extra_1"}


def test_survey_that_came_or_went_is_told():
    found = beside(Contents(surveys=(replace(NOW, service_provided="Letter"),)), Contents(surveys=(THEN,)))
    assert found.blocks[0].before is None
    assert found.gone == (THEN,)


def test_without_last_quarter_nothing_is_new():
    found = beside(Contents(surveys=(NOW,)), None)
    assert (found.before, found.gone, found.change) == (None, (), None)
    assert not any(row.is_new or row.jumps for row in found.blocks[0].rows)
