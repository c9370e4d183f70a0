"""The table must say when a target is missed: that is what it is for."""

import pytest

from tests.bench.table import Line, printed


@pytest.mark.parametrize(
    ("line", "is_met"),
    [
        (Line("Check", 2.4, "s", "openpyxl", 1.0, most=2.5), True),
        (Line("Check", 2.6, "s", "openpyxl", 1.0, most=2.5), False),
        (Line("Guard", 0.049, "ms", most=50), True),
        (Line("Guard", 0.051, "ms", "B-bomb", most=50), False),
        (Line("Child", 513 * 2**20, "MB", most=512), False),
        (Line("Template", 100, "s", "openpyxl", 1.0), True),
    ],
)
def test_target_is_held_against_the_ratio_or_else_the_figure(line: Line, is_met: bool) -> None:
    assert line.is_met == is_met


def test_line_names_its_limit_and_its_ratio() -> None:
    texts = Line("Check of 400 surveys", 0.88, "s", "openpyxl alone", 0.42, most=2.5).texts()

    assert texts == ("Check of 400 surveys", "0.880 s", "openpyxl alone, 0.420 s", "2.10 x", "2.5 x", "yes")


def test_one_missed_target_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    met, missed = Line("Met", 0.01, "ms", most=50), Line("Missed", 0.06, "ms", most=50)

    assert printed([met]) is True
    assert printed([missed, met]) is False
    assert "Missed                                                         60.0 ms" in capsys.readouterr().out
