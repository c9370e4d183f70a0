"""Values corrected on the page of an upload."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from hisps.models import Membership
from reporting import corrections, intake, quarters, review
from reporting.contents import Contents, Question, Survey
from reporting.models import Event, Submission, Upload
from reporting.scoring import Tally
from reporting.workbook import reader, spec
from tests import factories, people
from tests.reporting.conftest import SERVICE
from tests.reporting.issued import issued
from tests.reporting.workbook.fill import fill_from, filled
from tests.reporting.workbook.workbooks import cell_of, edited

pytestmark = pytest.mark.django_db
CUSTOMERS, CHANNEL = cell_of(spec.TOUCHPOINTS, "customers"), cell_of(spec.TOUCHPOINTS, "channel")
BOX, CHANNEL_BOX = "touchpoints-f5", "touchpoints-e5"


@pytest.fixture
def workbook(hisp, quarter):
    def make(cells):
        questions = tuple(
            Question(slug, f"About {slug}.", Tally(1, 2, 3, 4, 50)) for slug in ("satisfaction", "trust")
        )
        survey = Survey(SERVICE, "Visits", "Mail", "email", 9000, 800, 60, "2900-0770", questions=questions)
        contents = Contents("Pat", "pat@va.example", "We learned much.", surveys=(survey,))
        return filled(fill_from(issued(hisp, quarter), contents), cells)

    return make


@pytest.fixture
def received(hisp, quarter, reporter, workbook):
    def receive(cells=None, data=None, name="vha figures.xlsx"):
        sent = data or workbook({CUSTOMERS: "48 million"} if cells is None else cells)
        return intake.receive(sent, name, hisp=hisp, quarter=quarter, by=reporter).upload

    return receive


def address(upload):
    return reverse("reporting:correct", args=[upload.pk])


def page(client, upload):
    return client.get(reverse("reporting:upload_page", args=[upload.pk])).content.decode()


def rows():
    return Upload.objects.count(), Submission.objects.count(), Event.objects.count()


def test_corrected_value_becomes_the_draft_with_who_when_old_and_new(client, received, reporter):
    upload = received()
    response = client.post(address(upload), {BOX: "9000"})
    made = Upload.objects.get(corrects=upload)
    draft = Submission.objects.get()
    assert response.status_code == 302
    assert response.url == reverse("reporting:submission", args=[draft.pk])
    assert (draft.upload, draft.reports.get().customers) == (made, 9000)
    assert made.corrections == [{"sheet": "Touchpoints", "cell": "F5", "old": "48 million", "new": "9000"}]
    assert (made.by, made.name) == (reporter, "vha figures - corrected.xlsx")
    assert made.at > upload.at
    upload.refresh_from_db()
    assert (upload.outcome, upload.corrections) == ("refused", [])


def test_preview_says_how_many_were_corrected_and_offers_the_corrected_workbook(client, received):
    html = client.post(address(received()), {BOX: "9000"}, follow=True).content.decode()
    made = Upload.objects.latest("pk")
    assert "1 value was corrected." in html
    assert f'href="{reverse("reporting:original", args=[made.pk])}"' in html
    response = client.get(reverse("reporting:original", args=[made.pk]))
    book = load_workbook(BytesIO(b"".join(response.streaming_content)))
    assert book["Touchpoints"]["F5"].value == 9000
    assert "vha figures - corrected.xlsx" in response["Content-Disposition"]


def test_what_is_still_wrong_stands_on_the_same_page_with_what_was_corrected(client, received):
    upload = received({CUSTOMERS: "48 million", CHANNEL: "web"})
    response = client.post(address(upload), {BOX: "9000", CHANNEL_BOX: "web"})
    html = response.content.decode()
    made = Upload.objects.get(corrects=upload)
    assert response.status_code == 422
    assert "1 thing to fix" in html
    assert f"Corrected in the browser by {made.by}: 1 value" in html
    assert "48 million" in html
    assert address(made) in html
    assert not Submission.objects.exists()
    again = client.post(address(made), {CHANNEL_BOX: "Email"})
    assert again.status_code == 302
    assert Submission.objects.get().upload.name == "vha figures - corrected.xlsx"


def test_form_works_with_fields_of_plain_html_that_say_what_they_are(client, received):
    html = page(client, received({CUSTOMERS: "48 million", CHANNEL: "web"}))
    assert 'name="touchpoints-f5" id="box-touchpoints-f5" value="48 million"' in html
    assert 'aria-label="Customers, Touchpoints!F5"' in html
    assert 'aria-describedby="why-touchpoints-f5"' in html
    assert html.count('id="why-touchpoints-f5"') == 1
    assert '<option value="web" selected>web (in your file)</option>' in html
    assert '<option value="Website">Website</option>' in html
    assert html.index("Check again with these corrections") < html.index('name="use"')  # what Enter presses


def test_suggested_value_is_taken_into_its_box_and_nothing_is_saved(client, received):
    upload = received({CUSTOMERS: "48 million", CHANNEL: "web"})
    before = rows()
    html = client.post(address(upload), {BOX: "48 million", CHANNEL_BOX: "Phone", "use": f"{BOX}=48000000"})
    html = html.content.decode()
    assert 'id="box-touchpoints-f5" value="48000000"' in html
    assert "In your file: 48 million" in html
    assert '<option value="Phone" selected>' in html
    assert html.count(" autofocus") == 1
    assert rows() == before


def test_all_suggested_values_are_taken_where_nothing_else_was_written(client, received):
    upload = received({CUSTOMERS: "48 million", CHANNEL: "web"})
    html = client.post(address(upload), {BOX: "48 million", CHANNEL_BOX: "Phone", "use": "all"}).content.decode()
    assert 'id="box-touchpoints-f5" value="48000000"' in html
    assert '<option value="Phone" selected>' in html
    assert "The suggested values stand in their boxes now." in html


@pytest.mark.parametrize("use", [f"{BOX}=5", "touchpoints-g5=48000000", "nonsense", ""])
def test_value_that_was_not_suggested_is_not_taken(client, received, use):
    html = client.post(address(received()), {BOX: "48 million", "use": use}).content.decode()
    assert 'id="box-touchpoints-f5" value="48 million"' in html


def test_no_change_is_answered_with_a_sentence(client, received):
    upload = received()
    before = rows()
    for posted in ({}, {BOX: "48 million"}, {BOX: " 48 million "}):
        response = client.post(address(upload), posted)
        assert response.status_code == 422
        assert "You changed no value." in response.content.decode()
    assert rows() == before


def test_cells_that_are_not_offered_are_left_alone(client, received):
    crafted = {"touchpoints-g5": "1", "cover-b4": "SSA", "_stamp-a1": "x", "state": "published", "corrects": "7"}
    upload = received()
    assert client.post(address(upload), crafted).status_code == 422
    client.post(address(upload), crafted | {BOX: "9000"})
    assert Upload.objects.get(corrects=upload).corrections == [
        {"sheet": "Touchpoints", "cell": "F5", "old": "48 million", "new": "9000"}
    ]
    assert Submission.objects.get().reports.get().offered == 800


def test_text_without_end_is_refused(client, received):
    response = client.post(address(received()), {BOX: "9" * (corrections.LONGEST + 1)})
    assert response.status_code == 422
    assert "The text in Touchpoints!F5 has more than 5,000 characters." in response.content.decode()
    assert Upload.objects.count() == 1


def test_text_stays_text_and_is_escaped(client, received):
    upload = received()
    html = client.post(address(upload), {BOX: '=HYPERLINK("http://x")"><script>alert(1)</script>'}).content.decode()
    made = Upload.objects.get(corrects=upload)
    assert made.outcome == "refused"
    assert "<script>alert" not in html
    with made.file.open() as file:
        assert load_workbook(file)["Touchpoints"]["F5"].data_type == "s"


@pytest.mark.parametrize("unseen", ["\x00", "\x0b", "\u202e", "\u2066"])
def test_characters_that_nobody_sees_are_neither_written_nor_noted(client, received, unseen):
    upload = received()
    assert client.post(address(upload), {BOX: f"9{unseen}000{unseen}"}).status_code == 302
    made = Upload.objects.get(corrects=upload)
    assert made.corrections == [{"sheet": "Touchpoints", "cell": "F5", "old": "48 million", "new": "9000"}]
    with made.file.open() as file:
        assert load_workbook(file)["Touchpoints"]["F5"].value == 9000


def test_character_that_nobody_sees_is_no_change(client, received):
    response = client.post(address(received()), {BOX: "48\x00 million\x00"})
    assert response.status_code == 422
    assert "You changed no value." in response.content.decode()
    assert Upload.objects.count() == 1


def test_corrections_count_with_the_uploads_of_an_hour(client, received, settings):
    settings.UPLOADS_PER_HOUR = 1
    upload = received({CUSTOMERS: "48 million", CHANNEL: "web"})
    client.post(address(upload), {BOX: "9000"})
    made = Upload.objects.get(corrects=upload)
    response = client.post(address(made), {CHANNEL_BOX: "Phone"})
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 3000
    assert "as many workbooks and corrections as one hour takes" in response.content.decode()
    assert '<option value="Phone" selected>' in response.content.decode()
    assert Upload.objects.latest("pk") == made


def test_newer_upload_answers_409_and_what_was_typed_stays(client, received):
    upload = received()
    newer = received({CUSTOMERS: "49 million"}, name="newer.xlsx")
    before = rows()
    for extra in ({}, {"use": f"{BOX}=48000000"}):
        response = client.post(address(upload), {BOX: "9000"} | extra)
        html = response.content.decode()
        assert response.status_code == 409
        assert "A newer workbook came in, “newer.xlsx”" in html
    assert 'id="box-touchpoints-f5" value="9000"' in client.post(address(upload), {BOX: "9000"}).content.decode()
    assert rows() == before
    assert 'name="touchpoints-f5"' not in page(client, upload)
    assert "A newer workbook came in" in page(client, upload)
    assert 'name="touchpoints-f5"' in page(client, newer)


def test_figures_that_are_with_omb_answer_409(client, received, reporter):
    upload = received({cell_of(spec.TOUCHPOINTS, "respondents"): 55})
    draft = Submission.objects.get()
    explanations = {finding.pk: "It is right." for finding in draft.findings.filter(severity="explain")}
    assert 'name="touchpoints-h5"' in page(client, upload)
    review.submit(draft, by=reporter, lock_version=draft.lock_version, explanations=explanations)
    response = client.post(address(upload), {"touchpoints-h5": "60"})
    assert response.status_code == 409
    assert "already with OMB" in response.content.decode()
    assert Upload.objects.count() == 1


def test_closed_quarter_answers_409(client, received, quarter):
    upload = received()
    quarters.close_quarter(quarter, by=people.administrator())
    response = client.post(address(upload), {BOX: "9000"})
    assert response.status_code == 409
    assert "is closed" in response.content.decode()


def test_second_click_makes_no_second_upload(client, received):
    upload = received()
    client.post(address(upload), {BOX: "9000"})
    before = rows()
    response = client.post(address(upload), {BOX: "9000"}, follow=True)
    assert "These corrections were made already; nothing changed." in response.content.decode()
    assert rows() == before


def test_accepted_file_can_be_corrected_from_its_preview(client, received):
    upload = received({cell_of(spec.TOUCHPOINTS, "respondents"): 55})
    draft = Submission.objects.get()
    preview = client.get(reverse("reporting:submission", args=[draft.pk])).content.decode()
    assert "Correct values here instead" in preview
    assert reverse("reporting:upload_page", args=[upload.pk]) in preview
    client.post(address(upload), {"touchpoints-h5": "60"})
    draft.refresh_from_db()
    assert draft.reports.get().respondents == 60
    event = draft.events.get(transition="replace")
    assert "vha figures - corrected.xlsx" in event.note
    assert "; 1 value corrected in the browser" in event.note


def test_list_of_uploads_says_what_was_corrected(client, received, quarter):
    upload = received()
    client.post(address(upload), {BOX: "9000"})
    made = Upload.objects.get(corrects=upload)
    html = client.get(reverse("reporting:quarter", args=["va-vha", quarter.fiscal])).content.decode()
    assert f"Corrected in the browser by {made.by}: 1 value" in html
    assert "<td>48 million</td><td>9000</td>" in html
    assert f'From <a href="{reverse("reporting:upload_page", args=[upload.pk])}">the upload it corrects' in html


def test_reviewer_sees_what_was_corrected(client, received):
    upload = received()
    client.post(address(upload), {BOX: "9000"})
    client.force_login(people.reviewer())
    made = Upload.objects.get(corrects=upload)
    html = client.get(reverse("admin:reporting_upload_change", args=[made.pk])).content.decode()
    assert "<td>48 million</td><td>9000</td>" in html
    assert reverse("admin:reporting_upload_change", args=[upload.pk]) in html
    html = client.get(reverse("admin:reporting_upload_change", args=[upload.pk])).content.decode()
    assert "<td>48 million</td>" not in html


def test_file_that_cannot_take_a_value_is_answered_with_a_sentence(client, received, workbook):
    data = edited(
        workbook({CUSTOMERS: "48 million"}),
        lambda book: book["Touchpoints"].__setitem__("F6", ArrayFormula("F5:F6", "=G5:G6")),
    )
    upload = received(data=data)
    response = client.post(address(upload), {BOX: "9000"})
    assert response.status_code == 422
    assert "gets its value from a formula that fills several cells" in response.content.decode()
    assert Upload.objects.count() == 1


def test_reader_that_is_away_is_answered_with_what_was_typed(client, received, monkeypatch):
    upload = received()
    monkeypatch.setattr(reader, "_server", reader._Server())
    monkeypatch.setattr(reader.sys, "executable", "/bin/false")
    response = client.post(address(upload), {BOX: "9000"})
    assert response.status_code == 503
    assert 'value="9000"' in response.content.decode()
    assert Upload.objects.count() == 1


def test_file_that_left_the_storage_is_a_404(client, received):
    upload = received()
    upload.file.storage.delete(upload.file.name)
    assert client.post(address(upload), {BOX: "9000"}).status_code == 404


def test_stranger_cannot_correct_values(client, received):
    upload = received()
    for person, status in [
        (people.reporter(factories.hisp("ssa-oo")), 404),
        (people.reviewer(), 403),
        (people.administrator(), 403),
        (people.superuser(), 403),
    ]:
        client.force_login(person)
        assert client.post(address(upload), {BOX: "9000"}).status_code == status
    client.logout()
    assert client.post(address(upload), {BOX: "9000"}).url.startswith(reverse("login"))
    assert Upload.objects.count() == 1


def test_wrong_method_is_refused(client, received):
    upload = received()
    assert {getattr(client, method)(address(upload)).status_code for method in ("get", "put", "delete")} == {405}


def test_colleague_can_correct_and_is_named(client, received, hisp):
    colleague = people.person(first_name="Sam", last_name="Colleague")
    Membership.objects.create(user=colleague, hisp=hisp)
    upload = received()
    client.force_login(colleague)
    client.post(address(upload), {BOX: "9000"})
    assert Upload.objects.get(corrects=upload).by == colleague


@pytest.mark.parametrize("count", [1, 12])
def test_page_asks_the_database_as_often_for_many_problems_as_for_one(
    client, received, count, django_assert_num_queries
):
    upload = received({cell_of(spec.RESPONSES, "n1", row): f"{row + 2} million" for row in range(count)})
    client.get(reverse("reporting:upload_page", args=[upload.pk]))
    with django_assert_num_queries(7):
        client.get(reverse("reporting:upload_page", args=[upload.pk]))
