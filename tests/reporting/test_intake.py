"""A workbook goes in: everything is saved, or nothing but the upload and its report."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from openpyxl import load_workbook

from reporting import review, transitions
from reporting.checked import check
from reporting.contents import Contents, Index, Metric, Question, Survey
from reporting.figures import contents_of
from reporting.intake import older_sentence, receive, repeat_sentence
from reporting.models import DomainResult, Event, Finding, Submission, TouchpointReport, Upload
from reporting.scoring import Tally
from reporting.workbook import spec
from reporting.workbook.rules.version import rules_version
from tests import factories, people
from tests.reporting.issued import issued
from tests.reporting.workbook.fill import fill_from
from tests.reporting.workbook.workbooks import cell_of, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def hisp():
    made = factories.hisp("va-vha", name="Veterans Health Administration")
    made.services.create(name="Receiving outpatient services", slug="va-vha-outpatient")
    return made


@pytest.fixture
def quarter(hisp):
    opened = factories.quarter("2021-q2", opened_at=timezone.now())
    factories.expectation(hisp, opened)
    return opened


@pytest.fixture
def reporter(hisp):
    return people.reporter(hisp)


SURVEY = Survey(
    service="Receiving outpatient services",
    service_provided="Outpatient care",
    transaction_point="After a visit",
    channel="email",
    customers=9_707_552,
    offered=1_774_363,
    respondents=320_979,
    control_number="2900-0770",
    control_number_typed="2900-0770",
    questions=(
        Question("satisfaction", "I am satisfied with the care I received.", Tally(2302, 3118, 10615, 55358, 249586)),
        Question("trust", "I trust VA.", Tally(3798, 5267, 22026, 80315, 209573)),
    ),
)
CONTENTS = Contents(
    contact_name="Pat Reporter",
    contact_email="pat@va.example",
    reflection="Wait times are what Veterans write about most.",
    surveys=(SURVEY,),
)


@pytest.fixture
def filled(hisp, quarter):
    def fill(contents: Contents = CONTENTS) -> bytes:
        return fill_from(issued(hisp, quarter), contents)

    return fill


def test_what_was_filled_in_is_what_the_draft_holds(hisp, quarter, reporter, filled):
    receipt = receive(filled(), "vha.xlsx", hisp=hisp, quarter=quarter, by=reporter)
    draft = receipt.submission
    assert (draft.state, draft.revision, draft.uploaded_by) == ("draft", 1, reporter)
    saved = contents_of(draft)
    (survey,) = saved.surveys
    assert (survey.customers, survey.offered, survey.respondents) == (9_707_552, 1_774_363, 320_979)
    assert survey.tally("satisfaction").counts == (2302, 3118, 10615, 55358, 249586)
    assert survey.question("trust").wording == "I trust VA."
    assert (saved.contact_name, saved.reflection) == (CONTENTS.contact_name, CONTENTS.reflection)
    assert draft.events.get().transition == "upload"
    assert DomainResult.objects.get(domain="trust").source.startswith("Responses!")


def test_metrics_and_index_scores_travel_too(hisp, quarter, reporter, filled):
    contents = replace(
        CONTENTS,
        metrics=(Metric("Online transactions completed", 48, unit="million", footnote="Rounded."),),
        indexes=(
            Index("Online satisfaction", 83, threshold=80, threshold_label="excellent", covers="Eight services"),
        ),
    )
    saved = contents_of(receive(filled(contents), "a.xlsx", hisp=hisp, quarter=quarter, by=reporter).submission)
    assert [(m.name, m.value, m.unit) for m in saved.metrics] == [("Online transactions completed", 48, "million")]
    assert [(i.value, i.threshold, i.covers) for i in saved.indexes] == [(83, 80, "Eight services")]


def test_a_refused_file_leaves_only_the_upload_and_its_report(hisp, quarter, reporter):
    receipt = receive(b"not a workbook", "notes.xlsx", hisp=hisp, quarter=quarter, by=reporter)
    assert receipt.submission is None
    assert receipt.upload.outcome == Upload.Outcome.REFUSED
    assert receipt.upload.report[0]["severity"] == "error"
    assert receipt.upload.file.read() == b"not a workbook"
    assert receipt.upload.rules_version == rules_version()
    for model in (Submission, TouchpointReport, DomainResult, Finding):
        assert not model.objects.exists()
    assert Event.objects.get().transition == "upload_rejected"


def test_the_same_bytes_again_change_nothing(hisp, quarter, reporter, filled):
    data = filled()
    first = receive(data, "a.xlsx", hisp=hisp, quarter=quarter, by=reporter)
    again = receive(data, "a.xlsx", hisp=hisp, quarter=quarter, by=reporter)
    assert again.is_repeat
    assert (again.upload, again.submission) == (first.upload, first.submission)
    assert Upload.objects.count() == 1


def test_the_same_bytes_again_are_answered_with_what_became_of_them(hisp, quarter, reporter, filled):
    for data, became in ((b"no workbook", "was refused for the same reasons"), (filled(), "became your draft")):
        receive(data, "a.xlsx", hisp=hisp, quarter=quarter, by=reporter)
        again = receive(data, "a.xlsx", hisp=hisp, quarter=quarter, by=reporter)
        assert f"It {became} then; nothing changed." in repeat_sentence(again.upload)


def test_an_older_file_after_a_newer_one_stands_again_and_says_so(hisp, quarter, reporter, filled):
    older, newer = filled(), filled(replace(CONTENTS, surveys=(replace(SURVEY, customers=9_707_553),)))
    first = receive(older, "a.xlsx", hisp=hisp, quarter=quarter, by=reporter)
    second = receive(newer, "b.xlsx", hisp=hisp, quarter=quarter, by=reporter)
    third = receive(older, "a.xlsx", hisp=hisp, quarter=quarter, by=reporter)
    assert (first.sent_before, second.sent_before, third.sent_before) == (None, None, first.upload)
    assert (third.is_repeat, Upload.objects.count()) == (False, 3)
    assert contents_of(third.submission).surveys[0].customers == 9_707_552
    assert "before, on" in older_sentence(third)
    assert "It now stands again" in older_sentence(third)


def test_an_older_file_that_is_refused_does_not_stand(hisp, quarter, reporter, filled):
    for data in (b"no workbook", filled()):
        receive(data, "a.xlsx", hisp=hisp, quarter=quarter, by=reporter)
    again = receive(b"no workbook", "a.xlsx", hisp=hisp, quarter=quarter, by=reporter)
    assert (again.submission, again.is_repeat) == (None, False)
    assert older_sentence(again).endswith("and others since. It cannot be taken now.")


def test_a_refused_file_is_looked_at_again_once_the_registry_knows_its_service(hisp, quarter, reporter, filled):
    data = filled(replace(CONTENTS, surveys=(replace(SURVEY, service="Paying benefits"),)))
    refused = receive(data, "a.xlsx", hisp=hisp, quarter=quarter, by=reporter)
    assert [p["rule"] for p in refused.upload.report if p["severity"] == "error"] == ["service_unknown"]
    hisp.services.create(name="Paying benefits", slug="va-vha-paying")
    taken = receive(data, "a.xlsx", hisp=hisp, quarter=quarter, by=reporter)
    assert taken.submission is not None
    assert taken.sent_before is None


def test_a_service_in_another_spelling_is_saved_under_its_own_name(hisp, quarter, reporter, filled):
    typed = "receiving outpatient-services,"
    contents = replace(
        CONTENTS,
        surveys=(replace(SURVEY, service=typed),),
        metrics=(Metric("Calls", 48, service=typed),),
        indexes=(Index("Satisfaction", 83, service=typed),),
    )
    saved = contents_of(receive(filled(contents), "a.xlsx", hisp=hisp, quarter=quarter, by=reporter).submission)
    figures = (*saved.surveys, *saved.metrics, *saved.indexes)
    assert {figure.service for figure in figures} == {"Receiving outpatient services"}


def test_a_workbook_that_is_older_than_a_services_new_name_is_taken(hisp, quarter, reporter, filled):
    data = filled()
    service = hisp.services.get()
    service.name = "Seeing a doctor"
    service.save()
    (survey,) = contents_of(receive(data, "a.xlsx", hisp=hisp, quarter=quarter, by=reporter).submission).surveys
    assert survey.service == "Seeing a doctor"


def test_a_hisp_marked_as_not_reporting_is_told_the_way_out(hisp, quarter, reporter, filled):
    hisp.expectations.update(not_reporting=True, not_reporting_reason="No survey this quarter.")
    with pytest.raises(transitions.Refused, match="expect your figures again"):
        receive(filled(), "a.xlsx", hisp=hisp, quarter=quarter, by=reporter)


def test_the_largest_index_that_the_workbook_takes_fits_into_the_database(hisp, quarter, reporter, filled):
    huge = Index("Points", 10**15, scale_maximum=10**15, threshold=10**14)
    saved = contents_of(
        receive(
            filled(replace(CONTENTS, indexes=(huge,))), "a.xlsx", hisp=hisp, quarter=quarter, by=reporter
        ).submission
    )
    assert saved.indexes[0].value == 10**15


def test_the_source_of_answers_is_their_first_count_cell(hisp, quarter, reporter, filled):
    receive(filled(), "a.xlsx", hisp=hisp, quarter=quarter, by=reporter)
    assert DomainResult.objects.get(domain="satisfaction").source == "Responses!F5"


def test_another_workbook_replaces_the_draft_and_keeps_both_files(hisp, quarter, reporter, filled):
    receive(filled(), "a.xlsx", hisp=hisp, quarter=quarter, by=reporter)
    changed = replace(CONTENTS, surveys=(replace(SURVEY, customers=9_707_553),))
    receipt = receive(filled(changed), "b.xlsx", hisp=hisp, quarter=quarter, by=reporter)
    assert Submission.objects.get().reports.get().customers == 9_707_553
    assert Upload.objects.count() == 2
    assert [event.transition for event in receipt.submission.events.all()] == ["upload", "replace"]


def test_a_returned_submission_comes_back_as_the_next_revision(hisp, quarter, reporter, filled):
    first = receive(filled(), "a.xlsx", hisp=hisp, quarter=quarter, by=reporter).submission
    _submit(first, reporter)
    review.return_for_changes(first, by=people.reviewer(), reason="Please check the customers.")
    second = receive(filled(), "a.xlsx", hisp=hisp, quarter=quarter, by=reporter).submission
    assert (second.revision, second.state) == (2, "draft")
    first.refresh_from_db()
    assert first.state == "returned"


def test_nothing_is_taken_while_omb_has_the_figures(hisp, quarter, reporter, filled):
    _submit(receive(filled(), "a.xlsx", hisp=hisp, quarter=quarter, by=reporter).submission, reporter)
    changed = filled(replace(CONTENTS, comment="One more thing."))
    with pytest.raises(transitions.Refused, match="already with OMB"):
        receive(changed, "b.xlsx", hisp=hisp, quarter=quarter, by=reporter)
    assert Upload.objects.count() == 1


def test_a_closed_quarter_takes_nothing(hisp, quarter, reporter, filled):
    data = filled()
    quarter.closed_at = timezone.now()
    quarter.save()
    with pytest.raises(transitions.Refused, match="closed"):
        receive(data, "a.xlsx", hisp=hisp, quarter=quarter, by=reporter)


def test_an_explanation_survives_the_next_upload_of_the_same_figures(hisp, quarter, reporter, filled):
    odd = replace(CONTENTS, surveys=(replace(SURVEY, respondents=300_000),))  # fewer than the answers
    draft = receive(filled(odd), "a.xlsx", hisp=hisp, quarter=quarter, by=reporter).submission
    finding = draft.findings.filter(severity="explain").first()
    finding.explanation = "Some people answered by phone."
    finding.save()
    receive(filled(replace(odd, comment="New.")), "b.xlsx", hisp=hisp, quarter=quarter, by=reporter)
    assert draft.findings.filter(explanation="Some people answered by phone.").count() == 1


def rules_of(checked):
    return {problem.rule for problem in checked.problems}


def test_another_hisps_workbook_is_refused(hisp, quarter, filled):
    assert rules_of(check(filled(), "a.xlsx", hisp=factories.hisp("ssa-oo"), quarter=quarter)) == {"other_hisp"}


def test_another_quarters_workbook_is_refused(hisp, quarter, filled):
    other = factories.quarter("2021-q3")
    assert rules_of(check(filled(), "a.xlsx", hisp=hisp, quarter=other)) == {"other_quarter"}


def test_a_workbook_of_another_installation_is_refused(hisp, quarter, filled, settings):
    data = filled()
    settings.SECRET_KEY = "another key"
    assert rules_of(check(data, "a.xlsx", hisp=hisp, quarter=quarter)) == {"stamp_edited"}


def test_a_problem_that_follows_from_an_unreadable_cell_is_not_shown(hisp, quarter, filled):
    book = load_workbook(BytesIO(filled()))
    cell = next(cell for row in book["Touchpoints"].iter_rows() for cell in row if cell.value == SURVEY.customers)
    cell.value = "48 million"
    out = BytesIO()
    book.save(out)
    checked = check(out.getvalue(), "a.xlsx", hisp=hisp, quarter=quarter)
    (problem,) = [problem for problem in checked.problems if problem.severity != "note"]
    assert str(problem.cell) == f"Touchpoints!{cell.coordinate}"
    assert "48000000" in problem.fix


def test_the_shell_command_says_the_same_in_json(hisp, quarter, filled, tmp_path, capsys):
    path = tmp_path / "vha.xlsx"
    path.write_bytes(filled())
    call_command("check_workbook", str(path), "--json")
    result = json.loads(capsys.readouterr().out)
    assert result["summary"]["accepted"] is True
    assert result["summary"]["rules_version"] == rules_version()
    assert {"rule", "severity", "sheet", "cell", "found", "expected", "message"} <= set(result["problems"][0])


def test_the_shell_command_answers_a_missing_file_in_json_too(tmp_path, capsys):
    with pytest.raises(CommandError, match="Could not read") as error:
        call_command("check_workbook", str(tmp_path / "nope.xlsx"), "--json")
    assert error.value.returncode == 2
    result = json.loads(capsys.readouterr().out)
    assert [problem["rule"] for problem in result["problems"]] == ["file_missing"]
    assert (result["summary"]["accepted"], result["summary"]["hisp"]) == (False, None)


def test_the_shell_command_fails_for_a_file_that_is_refused(tmp_path, capsys):
    path = tmp_path / "notes.xlsx"
    path.write_bytes(b"hello")
    with pytest.raises(SystemExit) as exit_:
        call_command("check_workbook", str(path))
    assert exit_.value.code == 1
    assert "cannot be accepted yet" in capsys.readouterr().out


def _submit(submission, reporter):
    findings = submission.findings.filter(severity="explain")
    return review.submit(submission, by=reporter, explanations={f.pk: "It is right." for f in findings})


def rules_told(hisp, quarter, data: bytes) -> list[str]:
    return [problem.rule for problem in check(data, "a.xlsx", hisp=hisp, quarter=quarter).problems if problem.blocks or
            problem.severity == "explain"]  # fmt: skip


@pytest.mark.parametrize("number", ["one", "1.5", None])
def test_survey_without_a_readable_number_is_not_called_missing(hisp, quarter, filled, number):
    told = rules_told(hisp, quarter, typed(filled(), {"Touchpoints!A5": number}))

    assert told
    assert "nothing_reported" not in told


@pytest.mark.parametrize("cells", [{"Responses!A5": "x"}, {"Responses!C5": "Satisfied"}, {"Responses!E5": "No"}])
def test_answers_in_a_row_that_was_not_read_are_not_called_missing(hisp, quarter, filled, cells):
    told = rules_told(hisp, quarter, typed(filled(), cells))

    assert told
    assert "no_satisfaction_answers" not in told


def test_stray_number_is_told_and_nothing_that_follows(hisp, quarter, filled):
    told = rules_told(hisp, quarter, typed(filled(), {"Touchpoints!F6": 900}))

    assert told == ["required", "required"]


def test_reflection_that_says_nothing_is_not_published(hisp, quarter, reporter, filled):
    data = filled(replace(CONTENTS, reflection="TBD"))

    draft = receive(data, "a.xlsx", hisp=hisp, quarter=quarter, by=reporter).submission

    assert draft.reflection == ""
    assert draft.findings.get(rule="reflection_missing").found == "The reflection says only “TBD”."


WHOLE = replace(
    CONTENTS,
    metrics=(Metric("Online transactions completed", 48, unit="million", service="Receiving outpatient services"),),
    indexes=(Index("Online satisfaction", 83, threshold=80, threshold_label="excellent", covers="Eight services"),),
)


def told(data, hisp, quarter):
    return {(p.rule, p.found) for p in check(data, "a.xlsx", hisp=hisp, quarter=quarter).problems}


@pytest.mark.parametrize(
    ("sheet", "cell"),
    [
        *((sheet, cell) for sheet in ("Touchpoints", "Responses") for cell in ("A4", "C4", "F4")),
        *((sheet, cell) for sheet in ("Operations", "Index scores") for cell in ("A4", "B4")),
    ],
)
def test_a_misspelled_heading_brings_nothing_along_and_hides_no_other_sheet(hisp, quarter, filled, sheet, cell):
    clean = filled(WHOLE)
    odd = typed(clean, {f"{sheet}!{cell}": "Something"})
    new = told(odd, hisp, quarter) - told(clean, hisp, quarter)
    assert {rule for rule, _ in new} <= {"column_missing", "column_unknown"}
    assert check(odd, "a.xlsx", hisp=hisp, quarter=quarter).is_refused
    other = cell_of(spec.INDEXES if sheet == "Operations" else spec.OPERATIONS, "value")
    assert "not_a_number" in {rule for rule, _ in told(typed(odd, {other: "many"}), hisp, quarter)}


def test_rules_look_at_the_other_sheets_of_a_file_with_a_misspelled_heading(hisp, quarter, filled):
    odd = replace(WHOLE, reflection="", indexes=(replace(WHOLE.indexes[0], value=830),))
    data = typed(filled(odd), {"Responses!D4": "Something"})
    assert {"column_missing", "reflection_missing", "index_above_scale"} <= {
        rule for rule, _ in told(data, hisp, quarter)
    }


def test_a_missing_sheet_is_not_told_as_missing_figures(hisp, quarter, filled):
    book = load_workbook(BytesIO(filled()))
    del book["Touchpoints"]
    buffer = BytesIO()
    book.save(buffer)
    rules = {rule for rule, _ in told(buffer.getvalue(), hisp, quarter)}
    assert "sheet_missing" in rules
    assert not rules & {"nothing_reported", "survey_unknown"}
