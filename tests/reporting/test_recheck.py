"""What today's checks say of files of before."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hisps.models import Service
from reporting import recheck as rechecking
from reporting.intake import receive
from reporting.models import Upload
from reporting.recheck import recheck, uploads
from reporting.workbook import rules, spec
from tests import factories, people
from tests.reporting.workbook.workbooks import SERVICES, cell_of, complete, typed

pytestmark = pytest.mark.django_db
CUSTOMERS = cell_of(spec.TOUCHPOINTS, "customers")


@pytest.fixture
def hisp(hisp_of_the_workbooks):
    return hisp_of_the_workbooks


@pytest.fixture
def quarter(hisp):
    return hisp.expectations.get().quarter


@pytest.fixture
def sent(hisp, quarter):
    by = people.reporter(hisp)

    def send(cells=None, data=None):
        return receive(data or typed(complete(), cells or {}), "a.xlsx", hisp=hisp, quarter=quarter, by=by).upload

    return send


def retire(name):
    Service.objects.filter(name=name).update(last_day=timezone.localdate() - timedelta(days=1))


def test_same_checks_say_the_same(sent):
    for upload in (sent({CUSTOMERS: 9_000_000_000}), sent({CUSTOMERS: "48 million"}), sent(data=b"no workbook")):
        done = recheck(upload)
        assert (done.verdict, done.kind, done.new, done.gone) == ("same", "same", (), ())


def test_file_that_was_accepted_would_now_be_refused(sent):
    upload = sent()
    retire(SERVICES[0])
    done = recheck(upload)
    assert done.kind == "would now be refused"
    assert {problem.rule for problem in done.new if problem.blocks} == {"service_unknown"}
    assert done.verdict.startswith("would now be refused, ")
    assert str(done.new[0].cell).startswith(("Touchpoints!", "Operations!"))


def test_file_that_was_refused_would_now_be_accepted(sent, hisp):
    hisp.services.all().update(last_day=timezone.localdate() - timedelta(days=1))
    upload = sent()
    assert upload.outcome == "refused"
    hisp.services.all().update(last_day=None)
    done = recheck(upload)
    assert (done.kind, done.new) == ("would now be accepted", ())
    assert {problem.rule for problem in done.gone} == {"service_unknown"}
    assert " gone" in done.verdict


def test_rule_that_was_dropped_leaves_its_findings_gone(sent, monkeypatch):
    upload = sent({CUSTOMERS: 30_000})
    monkeypatch.setattr(rules, "FOR_EACH_SURVEY", ())
    done = recheck(upload)
    assert done.kind == "other findings"
    assert [problem.rule for problem in done.gone if problem.severity != "note"] == ["offered_exceeds_customers"]
    assert "finding" in done.verdict


def test_finding_in_other_words_is_the_same(sent, monkeypatch):
    upload = sent({CUSTOMERS: 30_000})
    for problem in upload.report:
        problem["found"] = problem["fix"] = "In other words."
    assert recheck(upload).verdict == "same"


def test_one_more_of_a_kind_at_the_same_cell_is_new():
    problem = rechecking.Problem("rule", "error", "Odd.", "", "")
    assert rechecking._not_among([problem, problem], [problem]) == (problem,)


def test_file_that_left_the_storage_is_said_to_be_missing(sent):
    upload = sent()
    upload.file.storage.delete(upload.file.name)
    assert (recheck(upload).verdict, recheck(upload).kind) == (rechecking.MISSING, "not read")


def test_file_that_was_altered_in_storage_is_not_checked(sent):
    upload = sent()
    with open(upload.file.path, "ab") as file:
        file.write(b"x")
    assert recheck(upload).verdict == rechecking.ALTERED


def test_upload_that_stands_is_the_one_that_the_draft_is_made_of(sent, quarter):
    first, second = sent(), sent({CUSTOMERS: 900_008})
    refused = sent({CUSTOMERS: "48 million"})
    assert uploads(quarter) == [second]
    assert uploads(quarter, every=True) == [first, second, refused]


def test_without_a_revision_the_last_upload_stands(sent, quarter):
    sent({CUSTOMERS: "48 million"})
    last = sent({CUSTOMERS: "49 million"})
    assert uploads(quarter) == [last]


def test_only_workbooks_of_the_quarter_and_hisp_are_chosen(sent, quarter, hisp):
    upload = sent()
    other = factories.upload(factories.hisp("ssa-oo"), quarter)
    factories.upload(hisp, factories.quarter("2021-q2"))
    factories.upload(hisp, quarter, name="history.csv", kind=Upload.Kind.HISTORY)
    assert uploads(quarter) == [other, upload]
    assert uploads(quarter, hisp="va-vha", every=True) == [upload]


def test_submissions_of_published_history_are_counted(quarter, hisp):
    history = factories.upload(hisp, quarter, name="history.csv", kind=Upload.Kind.HISTORY)
    factories.published_submission(hisp, quarter, upload=history)
    assert (rechecking.of_history(quarter), uploads(quarter)) == (1, [])
