"""A workbook goes out and a file comes in: taken, refused, and given back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reporting.models import Submission, Upload
from reporting.workbook import reader
from tests import factories
from tests.reporting.views.sending import page, send

pytestmark = pytest.mark.django_db


def test_the_template_downloads_under_a_name_that_says_what_it_is(client, quarter, reporter):
    response = client.get(page("template", "va-vha", quarter.fiscal))
    assert response["Content-Disposition"] == 'attachment; filename="va-vha-2021-q2-cx-workbook.xlsx"'
    assert response.content.startswith(b"PK")


def test_a_good_workbook_leads_to_its_preview_with_scores(client, quarter, reporter, workbook):
    response = send(client, quarter, workbook())
    assert response.status_code == 302
    html = client.get(response.url).content.decode()
    assert "Check what you are about to submit" in html
    assert "4.70" in html
    assert "320,979" in html


def test_a_refused_file_gets_its_problems_on_one_page_and_a_way_to_try_again(client, quarter, reporter):
    response = send(client, quarter, b"<html>", "notes.xlsx")
    html = response.content.decode()
    assert response.status_code == 422
    assert "How to fix it" in html
    assert 'type="file"' in html
    assert client.get(page("upload_page", Upload.objects.get().pk)).status_code == 200


def test_a_workbook_that_nothing_can_read_now_is_sent_again_later(client, quarter, reporter, workbook, monkeypatch):
    monkeypatch.setattr(reader, "_server", reader._Server())
    monkeypatch.setattr(reader.sys, "executable", "/bin/false")
    response = send(client, quarter, workbook())
    assert response.status_code == 503
    assert "Workbooks cannot be checked right now. Nothing was saved" in response.content.decode()
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("files", "sentence"),
    [({}, "Choose the workbook"), ({"workbook": ["a", "b"]}, "one file only")],
)
def test_anything_but_one_file_is_answered_with_a_sentence(client, quarter, reporter, files, sentence):
    data = {name: [SimpleUploadedFile(n, b"x") for n in names] for name, names in files.items()}
    response = client.post(page("upload", "va-vha", quarter.fiscal), data)
    assert response.status_code == 400
    assert sentence in response.content.decode()


def test_an_empty_file_is_named_as_such(client, quarter, reporter):
    response = send(client, quarter, b"")
    assert response.status_code == 422
    assert "empty" in response.content.decode()


def test_a_file_that_is_too_large_is_never_kept(client, quarter, reporter):
    response = send(client, quarter, b"x" * (5 * 1024 * 1024 + 1))
    assert response.status_code == 413
    assert "larger than 5 MB" in response.content.decode()
    assert not Upload.objects.exists()


def test_an_older_file_after_a_newer_one_is_taken_and_said_to_be_older(client, quarter, reporter, workbook):
    older = workbook()
    for data in (older, workbook(respondents=320_978)):
        send(client, quarter, data)
    html = client.get(send(client, quarter, older).url).content.decode()
    assert "You sent this very file before, on " in html
    assert "and others since. It now stands again, in their place." in html


def test_a_refused_newer_file_is_told_before_older_figures_are_submitted(client, quarter, reporter, workbook):
    send(client, quarter, workbook(), "good.xlsx")
    send(client, quarter, b"%PDF-1.7", "newer.xlsx")
    html = client.get(page("quarter", "va-vha", quarter.fiscal)).content.decode()
    assert "Your newer file was refused" in html
    assert "“newer.xlsx” cannot be taken as it is" in html
    assert "still has the figures of “good.xlsx”" in html
    assert "Your workbook was read. Check the preview" not in html
    send(client, quarter, workbook(respondents=320_978), "best.xlsx")
    html = client.get(page("quarter", "va-vha", quarter.fiscal)).content.decode()
    assert "Your newer file was refused" not in html


def test_a_file_that_left_the_storage_is_a_404_and_not_a_crash(client, quarter, reporter):
    submission = factories.submission("va-vha", quarter, state="submitted")
    assert client.get(page("original", submission.upload_id)).status_code == 404


def test_the_original_comes_back_byte_for_byte_as_an_attachment(client, quarter, reporter, workbook):
    data = workbook()
    send(client, quarter, data)
    response = client.get(page("original", Upload.objects.get().pk))
    assert b"".join(response.streaming_content) == data
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["a" * 300 + ".xlsx", "../../etc/passwd.xlsx", "a\r\nSet-Cookie: x.xlsx", "‮xslx.exe"])
def test_strange_file_names_do_no_harm(client, quarter, reporter, name):
    assert send(client, quarter, b"x", name).status_code == 422
    assert client.get(page("original", Upload.objects.get().pk)).status_code == 200


def test_crafted_fields_in_a_post_are_ignored(client, quarter, reporter, workbook):
    send(client, quarter, workbook(), state="published", hisp="ssa-oo", submitted_by="1", revision="7")
    draft = Submission.objects.get()
    assert (draft.state, draft.hisp.slug, draft.revision, draft.submitted_by) == ("draft", "va-vha", 1, None)
