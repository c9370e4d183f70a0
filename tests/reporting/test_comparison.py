"""Two stored files compared: in storage, readable, of one place."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from reporting import comparison
from reporting.comparison import compare, just_before
from reporting.models import Upload
from reporting.workbook import spec
from tests import factories
from tests.reporting.workbook.workbooks import cell_of, complete, typed

pytestmark = pytest.mark.django_db
CUSTOMERS = cell_of(spec.TOUCHPOINTS, "customers")


@pytest.fixture
def kept():
    """Keeps a file as an upload of VHA."""

    def keep(data, name="a.xlsx", **fields):
        hisp, quarter = factories.hisp("va-vha"), factories.quarter("2021-q3")
        return factories.upload(hisp, quarter, name=name, file=ContentFile(data, name=name), **fields)

    return keep


def test_two_uploads_are_compared_by_what_is_in_their_files(kept):
    found = compare(kept(complete(), "a.xlsx"), kept(typed(complete(), {CUSTOMERS: 900_008}), "b.xlsx"))
    assert (found.count, found.unread, found.is_same_file) == (1, (), False)
    assert [sheet.name for sheet in found.sheets] == ["Touchpoints"]


def test_file_that_left_the_storage_is_named(kept):
    gone, there = kept(complete()), kept(complete(), "b.xlsx")
    gone.file.storage.delete(gone.file.name)
    found = compare(gone, there)
    assert (found.count, found.sheets) == (0, ())
    assert [(upload, "no longer in storage" in why) for upload, why in found.unread] == [(gone, True)]


@pytest.mark.parametrize(("data", "why"), [(b"%PDF-1.7", "PDF"), (b"", "empty"), (b"PK\x03\x04 broken", "")])
def test_file_that_cannot_be_opened_is_named_with_the_reason(kept, data, why):
    found = compare(kept(complete()), kept(data, "b.xlsx"))
    ((upload, told),) = found.unread
    assert upload.name == "b.xlsx"
    assert told
    assert why in told


def test_both_files_are_named_when_neither_can_be_read(kept):
    assert len(compare(kept(b"a"), kept(b"b", "b.xlsx")).unread) == 2


def test_the_upload_just_before_is_of_the_same_place_and_no_history(kept):
    first = kept(complete())
    other = factories.hisp("ssa-oo")
    factories.upload(other, first.quarter, name="theirs.xlsx")
    factories.upload(first.hisp, factories.quarter("2021-q2"), name="earlier.xlsx")
    factories.upload(first.hisp, first.quarter, name="history.csv", kind=Upload.Kind.HISTORY)
    second = kept(complete(), "b.xlsx")
    third = kept(complete(), "c.xlsx")
    assert (just_before(first), just_before(second), just_before(third)) == (None, first, second)


def test_uploads_of_one_moment_keep_their_order(kept):
    first = kept(complete())
    second = kept(complete(), "b.xlsx", at=first.at)
    late = kept(complete(), "c.xlsx", at=first.at - timedelta(days=1))
    assert (just_before(second), just_before(first), just_before(late)) == (first, late, None)


def test_thousands_of_changes_are_counted_and_the_first_are_listed(kept, monkeypatch):
    monkeypatch.setattr(comparison, "MOST_SHOWN", 2)
    counts = {cell_of(spec.RESPONSES, n): 5 for n in spec.COUNTS}
    (sheet,) = compare(kept(complete()), kept(typed(complete(), counts), "b.xlsx")).sheets
    assert (sheet.count, len(sheet.cells), sheet.left_out) == (5, 2, 3)
