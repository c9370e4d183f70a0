"""Whatever bytes come: a sentence, and never an exception."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.contents import Contents
from reporting.workbook import parse, spec
from tests.reporting.workbook.workbooks import (
    complete,
    fresh,
    part_of,
    parts_of,
    patched,
    zipped,
)

RESPONSES = part_of(spec.RESPONSES)


@pytest.mark.parametrize(
    "part",
    ["xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"],
)
def test_missing_part_is_a_sentence(part: str) -> None:
    parts = parts_of(complete())
    del parts[part]

    assert [p.blocks for p in parse.read(zipped(parts)).problems] == [True]


def test_style_that_does_not_exist_is_damage() -> None:
    data = patched(complete(), RESPONSES, '<c r="A5" s="', '<c r="A5" s="9999')

    assert [p.rule for p in parse.read(data).problems] == ["file_damaged"]


@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    assert parse.read(data).problems


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, len(fresh()) - 1), junk=st.binary(min_size=1, max_size=8))
def test_no_change_to_the_file_raises(place: int, junk: bytes) -> None:
    data = complete()

    parsed = parse.read(data[:place] + junk + data[place + len(junk) :])

    assert isinstance(parsed.contents, Contents) or parsed.problems


@settings(max_examples=60, deadline=None)
@given(place=st.floats(0, 1), junk=st.text(alphabet='<>/&"=1aAr:s0 ', min_size=1, max_size=6))
def test_no_change_inside_a_sheet_raises(place: float, junk: str) -> None:
    parts = parts_of(complete())
    sheet = parts[RESPONSES]
    at = int(place * len(sheet))

    parsed = parse.read(zipped(parts | {RESPONSES: sheet[:at] + junk.encode() + sheet[at + len(junk) :]}))

    assert isinstance(parsed.contents, Contents) or parsed.problems
