from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from hisps.models import Hisp, OtherName, Service
from reporting import figures
from reporting.fiscal import days_late
from reporting.history.load import Import, load
from reporting.history.publish import File, NotImported
from reporting.models import Event, Quarter, Submission, Upload
from tests import factories
from tests.reporting.history.files import RATING, collections, exported, row, said

pytestmark = pytest.mark.django_db


def row_counts() -> dict[str, int]:
    models = [model for app in ("hisps", "reporting") for model in apps.get_app_config(app).get_models()]
    return {model.__name__: model._default_manager.count() for model in models}


def published() -> Submission:
    return Submission.objects.published().get()


def loaded(*rows: dict[str, Any]) -> Import:
    return load(collections(*rows))


def test_row_becomes_a_published_submission():
    loaded()
    submission = published()
    assert (submission.revision, submission.hisp.name, str(submission.quarter)) == (1, "Example Provider", "FY2021 Q2")
    assert submission.reports.get().source == "line 2"
    assert submission.reports.get().results.get().source == "line 2, q1_1"


def test_file_is_kept_with_its_bytes():
    file = collections()
    load(file)
    upload = published().upload
    assert (upload.kind, upload.name, upload.sha256, upload.size) == (
        Upload.Kind.HISTORY,
        file.name,
        file.sha256,
        len(file.data),
    )
    assert upload.file.read() == file.data


def test_event_names_the_file_and_its_lines():
    loaded(row(), row(service_provided="Letter"))
    event = Event.objects.get(submission=published())
    assert (event.transition, event.from_state, event.to_state) == ("import_history", "", "published")
    assert event.note.startswith("published.csv, lines 2, 3 (SHA-256 ")


def test_quarter_that_came_as_history_was_never_opened():
    loaded()
    quarter = Quarter.objects.get()
    assert (quarter.opened_at, quarter.due_at) == (None, quarter.fiscal.due_at)


def test_stamps_are_those_of_the_file():
    loaded(row(created_at="2021-05-13T00:00:00Z", updated_at="2021-08-04T00:00:00Z"))
    submission = published()
    assert f"{submission.submitted_at:%Y-%m-%d}" == "2021-05-13"
    assert f"{submission.published_at:%Y-%m-%d}" == "2021-08-04"


def test_unknown_provider_and_service_are_made_and_told():
    done = loaded()
    assert len(done.created) == 2
    assert Hisp.objects.get().name in done.created[0]
    assert Service.objects.get().name in done.created[1]


def test_known_provider_is_found_under_another_spelling():
    known = factories.hisp("doe-ep", "Example Provider", "Department of Examples")
    done = loaded(row(service_provider_name="example  provider."))
    assert published().hisp == known
    assert len(done.created) == 1


def test_same_survey_under_two_names_of_one_provider_is_refused():
    known = factories.hisp("doe-ep", "Example Provider", "Department of Examples")
    OtherName.objects.create(hisp=known, name="Bureau of Examples")
    with pytest.raises(NotImported, match="Lines 2 and 3 are the same survey of Example Provider, FY2021 Q2"):
        loaded(row(), row(service_provider_name="Bureau of Examples"))
    assert not Submission.objects.exists()


def test_same_file_again_changes_nothing():
    loaded()
    before, contents = row_counts(), figures.contents_of(published())
    done = loaded()
    assert (len(done.outcome.unchanged), row_counts()) == (1, before)
    assert figures.contents_of(published()) == contents


def test_other_figures_become_the_next_revision():
    loaded()
    done = load(collections(row(q1_5=51, q1_point_scale=""), name="newer.csv"))
    submission = published()
    assert submission.revision == 2
    assert submission.public_note == "Restated in the published file newer.csv."
    assert done.outcome.restated[0][1] == ["Satisfaction of Applying for an example: Online form"]
    former = Submission.objects.get(revision=1)
    assert former.state == Submission.State.SUPERSEDED
    assert list(former.events.values_list("transition", flat=True)) == ["import_history", "supersede"]


def test_survey_that_is_new_in_a_later_file_is_added():
    loaded()
    loaded(row(), row(service_provided="Letter"))
    assert published().reports.count() == 2


def test_ratings_and_reflection_come_with_the_figures():
    load(collections(), said())
    assert published().reflection == "People like the form."
    assert published().reports.get().omb_rating == "in_line"
    assert Upload.objects.count() == 2


def test_ratings_that_come_later_make_a_revision_that_says_so():
    loaded()
    load(collections(), said())
    submission = published()
    assert (submission.revision, submission.reflection) == (2, "People like the form.")
    assert submission.public_note.endswith("no figure changed.")


def test_file_without_ratings_takes_no_reflection_away():
    load(collections(), said())
    before = row_counts()
    loaded()
    assert row_counts() == before


def test_reflections_of_several_services_stand_under_their_names():
    second = {"service_name": "Renewing an example"}
    load(collections(row(), row(**second)), said(RATING, {**RATING, **second, "reflection": "Renewing is slow."}))
    assert published().reflection == (
        "Applying for an example:\nPeople like the form.\n\nRenewing an example:\nRenewing is slow."
    )


def test_rating_that_matches_nothing_is_named():
    done = load(collections(), said(RATING, {**RATING, "service_provided": "Letter"}))
    assert [rating.line for rating in done.unmatched] == [3]


def test_figures_from_a_workbook_are_not_replaced():
    owner = factories.hisp("doe-ep", "Example Provider", "Department of Examples")
    factories.published_submission(owner, surveys=[factories.survey(satisfaction=(1, 2, 3, 4, 5))])
    before = row_counts()
    with pytest.raises(NotImported, match=r"came from the workbook doe-ep\.xlsx"):
        loaded()
    assert row_counts() == before


def test_work_in_progress_is_not_overtaken():
    owner = factories.hisp("doe-ep", "Example Provider", "Department of Examples")
    factories.submission(owner, state=Submission.State.SUBMITTED)
    with pytest.raises(NotImported, match="submitted; settle it first"):
        loaded()


def test_every_problem_of_both_files_is_told_and_nothing_is_saved():
    with pytest.raises(NotImported) as refusal:
        load(collections(row(q1_1="x"), row(channel="?", service_provided="B")), said({**RATING, "rating": "MAYBE"}))
    assert [sentence.split(":")[0] for sentence in refusal.value.sentences] == [
        "published.csv line 2, q1_1",
        "published.csv line 3, channel",
        "ratings.csv line 2, rating",
    ]
    assert not any(row_counts().values())


def test_score_that_the_counts_do_not_give_is_kept_as_a_finding():
    done = loaded(row(q1_point_scale="3.66"))
    assert published().findings.filter(rule="published_score").count() == 1
    assert (done.outcome.scores, len(done.outcome.score_problems)) == (1, 1)


def test_nobody_is_called_late_when_the_file_gives_no_day():
    loaded()
    loaded(row(volume_of_customers=9001))
    assert not any(days_late(each.submitted_at, each.quarter.due_at) for each in Submission.objects.all())


def test_reflection_is_missed_only_when_the_ratings_were_read():
    loaded()
    assert not published().findings.filter(rule="reflection_missing").exists()
    load(collections(row(q1_5=51, q1_point_scale="")), said({**RATING, "reflection": ""}))
    assert published().findings.filter(rule="reflection_missing").exists()


def test_reflection_that_was_not_read_is_not_missed_the_second_time_either():
    for done in (loaded(), loaded(), loaded(row(service_provided="Letter"))):
        assert "reflection_missing" not in done.outcome.flagged


def test_file_of_before_finds_what_was_renamed_since():
    loaded()
    before, file = row_counts(), File("collections.csv", exported())
    for entry in (Hisp.objects.get(), Service.objects.get()):
        entry.name = f"Renamed {entry.name}"
        entry.save()
    done = load(file)
    assert (done.created, len(done.outcome.unchanged)) == ([], 1)
    assert row_counts()["Hisp"] == before["Hisp"]


def test_published_late_is_kept_as_it_was():
    due = factories.quarter("2021-q2").due_at
    loaded(row(created_at=(due + timedelta(days=3)).isoformat()))
    assert days_late(published().submitted_at, due) == 3


def test_what_we_export_reads_back_without_a_difference():
    awkward = {
        "transaction_point": "=1+1",
        "operational_metrics": '- 1, "2"\r\n+ 3',
        "q2_text": "-",
        "q3_text": "@ ease",
    }
    loaded(row(**awkward), row(service_provided="Letter", volume_of_customers=0, q1_text="NONE"))
    before, contents = row_counts(), figures.contents_of(published())
    load(File("collections.csv", exported()))
    assert row_counts() == before
    assert figures.contents_of(published()) == contents


def test_figures_of_a_workbook_read_back_from_our_export():
    surveys = [
        factories.survey(satisfaction=(1, 2, 3, 4, 5), no_data={"trust": "no_answers"}, wordings={"trust": "Trust?"}),
        factories.survey(provided="Paper", offered=0, respondents=None, customers=0),
        factories.survey(
            provided="Secret", ease=(1, 1, 1, 1, 1), fields={"publishable": False, "publishable_reason": "So."}
        ),
    ]
    factories.published_submission(surveys=surveys)
    before = row_counts()
    load(File("collections.csv", exported()))
    assert row_counts() == before
