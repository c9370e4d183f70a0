from pathlib import Path

from tests.bench.__main__ import ROOMS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "speed.md"


def test_page_says_what_each_room_measures() -> None:
    text = PAGE.read_text()

    assert [room for room in ROOMS if f"**{room}.**" not in text] == []
