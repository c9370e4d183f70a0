"""The page of an upload's problems, and the marked copy that it offers."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from reporting import intake
from reporting.contents import Contents, Question, Survey
from reporting.models import Upload
from reporting.problem_page import IN_SUMMARY, context
from reporting.scoring import Tally
from reporting.workbook import spec
from reporting.workbook.rules.version import rules_version
from tests import factories, people
from tests.reporting.conftest import SERVICE
from tests.reporting.issued import issued
from tests.reporting.workbook.fill import fill_from, filled
from tests.reporting.workbook.workbooks import cell_of

pytestmark = pytest.mark.django_db
CUSTOMERS = cell_of(spec.TOUCHPOINTS, "customers")


@pytest.fixture
def reporter(hisp):
    return people.reporter(hisp)


@pytest.fixture
def received(hisp, quarter, reporter):
    def receive(cells=None, data=None, name="vha figures.xlsx"):
        questions = tuple(
            Question(slug, f"About {slug}.", Tally(1, 2, 3, 4, 50)) for slug in ("satisfaction", "trust")
        )
        survey = Survey(SERVICE, "Visits", "Mail", "email", 9000, 800, 60, "2900-0770", questions=questions)
        contents = Contents("Pat", "pat@va.example", "We learned much.", surveys=(survey,))
        workbook = data or filled(fill_from(issued(hisp, quarter), contents), cells or {})
        return intake.receive(workbook, name, hisp=hisp, quarter=quarter, by=reporter).upload

    return receive


@pytest.fixture
def page(client, reporter):
    client.force_login(reporter)
    return lambda upload: client.get(reverse("reporting:upload_page", args=[upload.pk])).content.decode()


def annotated(client, upload):
    return client.get(reverse("reporting:annotated", args=[upload.pk]))


def test_summary_leads_to_the_cell_where_the_message_stands(page, received):
    html = page(received({CUSTOMERS: "48 million"}))
    assert "1 thing to fix in your workbook" in html
    assert '<a href="#touchpoints-f5">Touchpoints!F5</a>' in html
    assert html.count('id="touchpoints-f5"') == 1
    cell = html[html.index('id="touchpoints-f5"') :].split("</td>")[0]
    assert "48 million" in cell
    assert "Must be fixed:" in cell
    assert "Write 48000000." in cell


def test_cell_stands_under_the_letter_and_heading_of_its_column(page, received):
    html = page(received({CUSTOMERS: "48 million", "Cover!B10": "pat"}))
    assert '<span class="grid__letter">F</span> Customers</span>' in html
    assert '<span class="grid__letter">B</span> </span>' in html
    assert '<thead role="rowgroup" class="visually-hidden">' in html


def test_headings_are_seen_where_one_of_them_is_wrong(page, received):
    html = page(received({"Touchpoints!F4": "Custommers", "Touchpoints!G5": "many"}))
    grid = html[html.index('id="sheet-touchpoints"') :]
    assert '<thead role="rowgroup">' in grid[: grid.index("</thead>")]
    assert 'id="touchpoints-f4"' in grid[: grid.index("</thead>")]


def test_every_link_on_the_page_leads_somewhere(page, received):
    counts = {cell_of(spec.RESPONSES, n, row): "17%" for n in spec.COUNTS for row in range(2)}
    html = page(received(counts | {CUSTOMERS: "48 million", "Cover!B10": "pat"}))
    targets = {part.split('"')[0] for part in html.split('href="#')[1:]}
    assert len(targets) >= 3
    assert all(html.count(f'id="{target}"') == 1 for target in targets)


def test_equal_problems_are_one_entry_with_all_their_cells(page, received):
    html = page(received({cell_of(spec.RESPONSES, n, row): "17%" for n in spec.COUNTS for row in range(2)}))
    assert "1 thing to fix" in html
    assert "10 cells: Responses!F5 to J6" in html


def test_many_problems_fold_after_the_first_ten(received):
    wrong = {cell_of(spec.RESPONSES, "n1", row): f"{row + 2} million" for row in range(IN_SUMMARY + 3)}
    shown = context(received(wrong))
    assert len(shown["first"]) == IN_SUMMARY
    assert len(shown["more"]) == shown["blocking"] - IN_SUMMARY > 0


def test_words_of_the_file_are_escaped_in_the_grid(page, received):
    html = page(received({CUSTOMERS: "<script>alert(1)</script>"}))
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_file_that_cannot_be_read_has_no_grid_and_the_page_says_why_there_is_no_copy(page, received, client):
    upload = received(data=b"%PDF-1.7", name="figures.xlsx")
    assert upload.grid == {}
    html = page(upload)
    assert "There is no copy with the problems marked, because this file could not be read" in html
    assert "annotated.xlsx" not in html
    assert annotated(client, upload).status_code == 404


def test_upload_of_before_the_grid_shows_its_list(page, received):
    former = received({CUSTOMERS: "48 million"})
    old = Upload.objects.create(
        hisp=former.hisp, quarter=former.quarter, file=former.file.name, name="old.xlsx", sha256="0" * 64, size=1,
        outcome="refused", report=[{k: v for k, v in former.report[0].items() if k not in ("each", "suggestion")}],
    )  # fmt: skip
    assert "Touchpoints!F5" in page(old)


def test_page_says_which_rules_checked_the_file_and_when(page, received):
    upload = received()
    html = page(upload)
    folded = html[html.index("<summary>How this file was checked</summary>") :].split("</details>")[0]
    assert f"Checked with rules <code>{rules_version()}</code> on " in folded


def test_marked_copy_is_her_file_with_the_problems_in_it(client, page, received):
    upload = received({CUSTOMERS: "48 million"})
    html = page(upload)
    response = annotated(client, upload)
    book = load_workbook(BytesIO(b"".join(response.streaming_content)))
    assert reverse("reporting:annotated", args=[upload.pk]) in html
    assert response["Content-Disposition"] == 'attachment; filename="vha figures - checked.xlsx"'
    assert book.sheetnames[0] == "Problems"
    assert book["Touchpoints"]["F5"].comment.text.startswith("Must be fixed")
    assert book["Touchpoints"]["F5"].value == "48 million"


def test_marked_copy_corrected_becomes_the_draft(client, page, received, hisp, quarter, reporter):
    upload = received({CUSTOMERS: "48 million"})
    page(upload)
    corrected = filled(b"".join(annotated(client, upload).streaming_content), {CUSTOMERS: 9000})
    receipt = intake.receive(corrected, "again.xlsx", hisp=hisp, quarter=quarter, by=reporter)
    assert receipt.submission is not None
    assert receipt.submission.reports.get().customers == 9000


def test_marked_copy_at_the_reporters_address_is_for_her_hisp_only(client, reporter, received):
    upload = received({CUSTOMERS: "48 million"})
    stranger = people.reporter(factories.hisp("ssa-oo"))
    omb = [(role(), 403) for role in (people.reviewer, people.administrator, people.superuser)]
    for person, status in [(reporter, 200), (stranger, 404), *omb]:
        client.force_login(person)
        assert annotated(client, upload).status_code == status
    client.logout()
    assert annotated(client, upload).status_code == 302


def test_marked_copy_at_the_review_desk_is_for_omb_only(client, reporter, received):
    upload = received({CUSTOMERS: "48 million"})
    address = reverse("admin:reporting_upload_annotated", args=[upload.pk])
    omb = [(role(), 200) for role in (people.reviewer, people.administrator, people.superuser)]
    for person, status in [(reporter, 403), (people.person(is_staff=True), 403), *omb]:
        client.force_login(person)
        assert client.get(address).status_code == status
    assert client.post(address).status_code == 405
    assert client.get(reverse("admin:reporting_upload_annotated", args=[upload.pk + 1])).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_marked_copy_of_a_file_that_left_the_storage_is_not_there(client, reporter, received):
    upload = received({CUSTOMERS: "48 million"})
    upload.file.storage.delete(upload.file.name)
    client.force_login(reporter)
    assert annotated(client, upload).status_code == 404


def test_quarters_page_and_review_desk_link_the_marked_copy(client, reporter, received, quarter):
    upload = received({CUSTOMERS: "48 million"})
    address = reverse("reporting:annotated", args=[upload.pk])
    client.force_login(reporter)
    assert address in client.get(reverse("reporting:quarter", args=["va-vha", quarter.fiscal])).content.decode()
    client.force_login(people.reviewer())
    admin_page = client.get(reverse("admin:reporting_upload_change", args=[upload.pk])).content.decode()
    assert reverse("admin:reporting_upload_annotated", args=[upload.pk]) in admin_page
    assert address not in admin_page


def test_accepted_file_with_notes_can_be_had_with_its_marks(client, reporter, received):
    upload = received({CUSTOMERS: "9,000"})
    client.force_login(reporter)
    assert upload.outcome == "accepted"
    assert annotated(client, upload).status_code == 200
