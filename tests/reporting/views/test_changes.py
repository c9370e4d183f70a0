"""The page of what changed since the last upload."""

from html import unescape

import pytest
from django.urls import reverse

from reporting.intake import receive
from reporting.workbook import reader, spec
from tests import factories, people
from tests.reporting.workbook.fill import fill_from
from tests.reporting.workbook.workbooks import (
    cell_of,
    complete,
    contents,
    fresh,
    survey,
    typed,
)

pytestmark = pytest.mark.django_db
CUSTOMERS = cell_of(spec.TOUCHPOINTS, "customers")


@pytest.fixture
def hisp(hisp_of_the_workbooks):
    return hisp_of_the_workbooks


@pytest.fixture
def quarter(hisp):
    return hisp.expectations.get().quarter


@pytest.fixture
def sent(hisp, quarter, reporter):
    """Sends a workbook with these cells changed."""

    def send(cells=None, data=None, name="vha.xlsx"):
        workbook = data if data is not None else typed(complete(), cells or {})
        return receive(workbook, name, hisp=hisp, quarter=quarter, by=reporter).upload

    return send


@pytest.fixture
def page(client):
    def get(upload, **query):
        return client.get(reverse("reporting:changes", args=[upload.pk]), query)

    return get


def words(response):
    return unescape(response.content.decode())


def test_changed_cell_stands_there_before_and_now(sent, page):
    sent(name="first.xlsx")
    html = words(page(sent({CUSTOMERS: 900_008}, name="second.xlsx")))
    assert "1 change in the form." in html
    assert html.index("first.xlsx</a>") < html.index("second.xlsx</a>")
    row = html[html.index('<th scope="row"') :]
    assert row.index("Customers") < row.index("Survey 1 (Appointment 1)") < row.index("Touchpoints!F5")
    assert row.index("900,007") < row.index("900,008")


def test_rows_that_came_and_went_are_tables_of_their_own(sent, page):
    sent()
    html = words(page(sent(data=fill_from(fresh(), contents((survey(2), survey(3)))))))
    assert "Rows added (1)" in html
    assert "Rows removed (1)" in html
    assert "Survey 2 (Appointment 3)" in html
    assert "Rows removed (7)" in html


def test_nothing_changed_is_said_in_words(sent, page):
    sent()
    html = words(page(sent({CUSTOMERS: "900,007"})))
    assert "Nothing changed in the form" in html
    assert "byte for byte" not in html
    assert "<table" not in html


def test_first_upload_has_nothing_to_be_compared_with(sent, page):
    assert "This is your first upload for the quarter" in words(page(sent()))


def test_another_upload_can_be_chosen(sent, page):
    first = sent(name="first.xlsx")
    sent({CUSTOMERS: 900_008}, name="second.xlsx")
    third = sent({CUSTOMERS: 900_009}, name="third.xlsx")
    html = words(page(third, since=first.pk))
    assert "900,007" in html
    assert "900,008" not in html
    assert f'<option value="{first.pk}" selected>' in html


@pytest.mark.parametrize("since", ["", "x", "-1", "²", "9" * 40, "0"])
def test_an_odd_choice_is_not_found(sent, page, since):
    sent()
    assert page(sent({CUSTOMERS: 900_008}), since=since).status_code == 404


def test_upload_of_another_place_cannot_be_chosen(sent, page, hisp, quarter):
    upload = sent()
    other = factories.upload(factories.hisp("ssa-oo"), quarter)
    earlier = factories.upload(hisp, factories.quarter("2021-q2"))
    for strange in (other, earlier, upload):
        assert page(upload, since=strange.pk).status_code == 404


def test_file_that_cannot_be_read_is_named_with_the_reason(sent, page):
    sent(data=b"%PDF-1.7", name="figures.pdf")
    upload = sent()
    html = words(page(upload))
    assert "These two files could not be compared." in html
    assert "“figures.pdf” could not be read" in html
    upload.file.storage.delete(upload.file.name)
    assert "no longer in storage" in words(page(upload))


def test_page_waits_for_better_times_when_nothing_can_be_read(sent, page, monkeypatch):
    sent()
    upload = sent({CUSTOMERS: 900_008})
    monkeypatch.setattr(reader, "_server", reader._Server())
    monkeypatch.setattr(reader.sys, "executable", "/bin/false")
    response = page(upload)
    assert response.status_code == 503
    assert "try again in a minute" in words(response)


def test_words_of_the_file_are_escaped(sent, page):
    sent()
    place = cell_of(spec.TOUCHPOINTS, "service_provided")
    html = page(sent({place: "<script>alert(1)</script>"})).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_page_is_for_reporters_of_the_hisp(sent, page, client):
    sent()
    upload = sent({CUSTOMERS: 900_008})
    stranger = people.reporter(factories.hisp("ssa-oo"))
    staff = [people.reviewer(), people.administrator(), people.superuser()]
    for person, status in [(stranger, 404), *((one, 403) for one in staff)]:
        client.force_login(person)
        assert page(upload).status_code == status
    client.logout()
    assert page(upload).status_code == 302


def test_page_reads_only(sent, page, client):
    sent()
    address = reverse("reporting:changes", args=[sent({CUSTOMERS: 900_008}).pk])
    assert client.post(address).status_code == 405


def test_list_of_uploads_links_what_changed_but_not_for_the_first(sent, client, quarter):
    uploads = [sent({CUSTOMERS: 900_008 + n}) for n in range(7)]
    html = client.get(reverse("reporting:quarter", args=["va-vha", quarter.fiscal])).content.decode()
    linked = [reverse("reporting:changes", args=[upload.pk]) in html for upload in uploads]
    assert linked == [False, *[True] * 6]


def test_preview_links_what_changed_once_there_is_something_before(sent, client):
    for is_linked, cells in ((False, {}), (True, {CUSTOMERS: 900_008})):
        upload = sent(cells)
        draft = upload.submissions.get()
        html = client.get(reverse("reporting:submission", args=[draft.pk])).content.decode()
        assert (reverse("reporting:changes", args=[upload.pk]) in html) == is_linked


def test_preview_of_a_second_revision_links_what_changed_since_the_first(sent, client, quarter):
    returned = sent().submissions.get()
    factories.Submission.objects.filter(pk=returned.pk).update(
        state="returned", **factories._stamps("returned", quarter.due_at)
    )
    sent({CUSTOMERS: 900_008})
    upload = sent({CUSTOMERS: 900_009})
    html = client.get(reverse("reporting:submission", args=[upload.submissions.get().pk])).content.decode()
    assert f"{reverse('reporting:changes', args=[upload.pk])}?since={returned.upload_id}" in html


@pytest.mark.parametrize("uploads", [2, 12])
def test_queries_do_not_grow_with_the_uploads(sent, page, django_assert_num_queries, uploads):
    for n in range(uploads):
        upload = sent({CUSTOMERS: 900_008 + n})
    page(upload)
    with django_assert_num_queries(7):
        page(upload)
