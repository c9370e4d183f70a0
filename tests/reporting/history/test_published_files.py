"""The published files themselves, where they are: every score comes out as OMB printed it."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from reporting import figures
from reporting.contents import Contents
from reporting.fiscal import FiscalQuarter
from reporting.history import read
from reporting.history.load import Import, load
from reporting.history.publish import File
from reporting.models import DomainResult, Finding, Submission, TouchpointReport
from reporting.scoring import METHODS, SurveyTally, Tally, domain_score, for_display
from tests.keeping import rows_for_many
from tests.reporting.history.files import exported

DATA = Path(settings.BASE_DIR).parent / "shared" / "data"
COLLECTIONS = DATA / "omb-cx-reporting-collections-fy2021q1-fy2022q2.csv"
RATINGS = DATA / "omb-ratings-and-reflections-fy2021q1-fy2022q2.csv"
SCORES = 1819

pytestmark = pytest.mark.skipif(
    not COLLECTIONS.exists(), reason=f"OMB’s published files are not at {DATA}: these figures were not compared."
)


def file(path: Path) -> File:
    return File(path.name, path.read_bytes())


@pytest.fixture(scope="module")
def imported(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Import]:
    with rows_for_many(django_db_blocker, tmp_path_factory.mktemp("uploads")):
        call_command("load_registry", verbosity=0)
        yield load(file(COLLECTIONS), file(RATINGS))


@pytest.fixture
def history(imported: Import, db: None) -> Import:
    return imported


def test_every_published_score_is_reproduced_exactly():
    rows, table = read.read(COLLECTIONS.read_bytes(), COLLECTIONS.name, date(2026, 1, 1))
    questions = [q for row in rows for q in row.survey.questions if q.published_score is not None]
    differing = [q for q in questions if q.tally is None or for_display(q.tally.mean) != q.published_score]
    assert (len(rows), table.problems) == (298, [])
    assert (len(questions), differing) == (SCORES, [])


def test_every_stored_score_is_reproduced_exactly(history: Import):
    results = DomainResult.objects.all()
    assert results.count() == SCORES
    assert all(for_display(result.tally.mean) == result.published_score for result in results)
    assert (history.outcome.scores, history.outcome.score_problems) == (SCORES, [])


def test_every_row_has_its_place_and_every_provider_is_known(history: Import):
    assert history.created == []
    assert TouchpointReport.objects.count() == 298
    assert Submission.objects.published().count() == 116
    assert sorted(TouchpointReport.objects.values_list("source", flat=True)) == sorted(
        f"line {row.line}" for row in history.rows
    )


def everything() -> dict[str, list[object]]:
    models = [model for app in ("hisps", "reporting") for model in apps.get_app_config(app).get_models()]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


def test_running_again_changes_nothing(history: Import):
    before = everything()
    for ratings in (file(RATINGS), None):
        again = load(file(COLLECTIONS), ratings)
        assert len(again.outcome.unchanged) == 116
        assert "reflection_missing" not in again.outcome.flagged or ratings
        assert everything() == before


def test_our_own_export_reads_back_without_a_difference(history: Import):
    before = everything()
    again = load(File("hisp-collections.csv", exported()))
    assert (len(again.rows), len(again.outcome.unchanged)) == (298, 116)
    assert everything() == before


def test_satisfaction_of_all_hisps_by_four_methods(history: Import):
    reports = TouchpointReport.objects.filter(
        submission__quarter__fiscal_year=2021, submission__quarter__number=3, results__domain="satisfaction"
    )
    surveys = [
        SurveyTally(report.submission.hisp.slug, report.results.get(domain="satisfaction").tally, report.customers)
        for report in reports.select_related("submission__hisp")
    ]
    scores = {method: domain_score(surveys, method).value or Fraction(0) for method in METHODS}
    assert {method: str(for_display(score)) for method, score in scores.items()} == {
        "pooled": "4.35",
        "mean-of-surveys": "4.02",
        "mean-of-hisps": "4.14",
        "by-customers": "3.62",
    }


def test_vha_outpatient_survey(history: Import):
    contents = contents_of("va-vha", FiscalQuarter(2021, 2))
    (survey,) = contents.surveys
    assert (survey.customers, survey.offered, survey.respondents) == (9_707_552, 1_774_363, 320_979)
    assert survey.tally("satisfaction") == Tally(2302, 3118, 10615, 55358, 249586)
    assert [str(for_display(q.tally.mean)) for q in survey.questions if q.tally] == (
        ["4.70", "4.52", "4.69", "4.52", "4.70", "4.70", "4.74"]
    )
    assert contents.reflection
    assert survey.omb_rating == "in_line"


def contents_of(hisp: str, quarter: FiscalQuarter) -> Contents:
    return figures.contents_of(Submission.objects.published().for_quarter(quarter).get(hisp__slug=hisp))


def test_unknown_typed_as_zero_is_stored_nowhere(history: Import):
    for field in ("customers", "offered", "respondents"):
        assert not TouchpointReport.objects.filter(**{field: 0}).exists()
        for report in TouchpointReport.objects.filter(**{f"{field}__isnull": True}):
            assert report.volume_notes[field]


def flagged(rule: str) -> set[tuple[str, str]]:
    findings = Finding.objects.filter(rule=rule).select_related("submission__hisp", "submission__quarter")
    return {(finding.submission.hisp.slug, finding.submission.quarter.slug) for finding in findings}


def test_percentages_typed_as_counts_are_flagged(history: Import):
    assert {("multi-rec", quarter) for quarter in ("2021-q3", "2021-q4", "2022-q1", "2022-q2")} <= flagged(
        "percentages_as_counts"
    )


def test_averages_typed_as_counts_are_flagged(history: Import):
    assert {("dos-ca", quarter) for quarter in ("2021-q2", "2021-q3", "2022-q1", "2022-q2")} <= flagged(
        "average_as_count"
    )


def test_nothing_that_was_published_is_blocked_now(history: Import):
    assert Finding.objects.exists()
    assert not Finding.objects.filter(severity="error").exists()


def test_ratings_are_omb_s(history: Import):
    ratings = list(TouchpointReport.objects.values_list("omb_rating", flat=True))
    assert {rating: ratings.count(rating) for rating in set(ratings)} == {"in_line": 259, "partly": 26, "not": 13}


def test_two_services_with_reflections_of_their_own_share_the_page(history: Import):
    reflection = contents_of("hhs-cms", FiscalQuarter(2021, 2)).reflection
    headings = [line for line in reflection.splitlines() if line.endswith(":")]
    assert headings[0].startswith(("Asking", "Searching"))
    assert len(reflection) > 1_940
