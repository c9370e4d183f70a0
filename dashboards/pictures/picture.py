"""A chart with all that belongs to it: title, how to read it, the table of its numbers, and where its files are."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.functional import cached_property

from dashboards import charts, formats
from dashboards.charts import standalone
from dashboards.scores import ScoreText
from hisps.cells import neutral
from reporting.scoring import FEW_ANSWERS, for_display

WIDE, NARROW = 840, 310  # units of the two drawings


@dataclass(frozen=True)
class Part:
    """A count with its share of all; two columns in a file."""

    count: int
    of: int

    @property
    def percent(self) -> Decimal | None:
        return for_display(Fraction(100 * self.count, self.of), 1) if self.of else None


Cell = str | int | Decimal | Part | None


@dataclass(frozen=True)
class Table:
    """Rows of values. The columns in `words` hold words, the others numbers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    words: frozenset[str] = frozenset()

    @property
    def heads(self) -> list[tuple[str, bool]]:
        """Each column, and whether it holds numbers."""
        return [(column, column not in self.words) for column in self.columns]

    @property
    def printed(self) -> list[list[tuple[str, str, bool]]]:
        """For a page: a cell's text, what is said under it, and whether it is a number."""
        return [
            [(*_printed(cell), numeric) for cell, (_, numeric) in zip(row, self.heads, strict=True)]
            for row in self.rows
        ]

    @property
    def csv(self) -> str:
        """The same, with nothing rounded but what the chart rounds too. Formula-safe."""
        file = io.StringIO()
        writer = csv.writer(file)
        parts = {place for row in self.rows for place, cell in enumerate(row) if isinstance(cell, Part)}
        writer.writerow(
            name
            for place, column in enumerate(self.columns)
            for name in ([column, f"{column}, %"] if place in parts else [column])
        )
        writer.writerows([value for cell in row for value in _written(cell)] for row in self.rows)
        return file.getvalue()


@dataclass(frozen=True)
class Crossed:
    """Scores for a page that has no room for a row of each: one row a quarter, one column a domain."""

    columns: tuple[str, ...]  # the first of them of words
    rows: tuple[tuple[str, tuple[ScoreText, ...]], ...]

    @property
    def heads(self) -> list[tuple[str, bool]]:
        return [(column, place > 0) for place, column in enumerate(self.columns)]

    @property
    def printed(self) -> list[list[tuple[str, str, bool]]]:
        """As of `Table`."""
        return [[(name, "", False), *((*_scored(one), True) for one in scores)] for name, scores in self.rows]


def _scored(score: ScoreText) -> tuple[str, str]:
    if not score.text:
        return score.short_reason, ""
    return score.text, " · ".join(filter(None, [score.margin, f"n\N{NO-BREAK SPACE}{score.answers}"]))


def _printed(cell: Cell) -> tuple[str, str]:
    if isinstance(cell, Part):
        return formats.count(cell.count), formats.share(Fraction(cell.count, cell.of)) if cell.of else ""
    if isinstance(cell, int):
        return formats.count(cell), ""
    return "" if cell is None else str(cell), ""


def _written(cell: Cell) -> list[str | int | Decimal | None]:
    if isinstance(cell, Part):
        return [cell.count, cell.percent]
    return [neutral(cell) if isinstance(cell, str) else cell]


@dataclass(frozen=True)
class Picture:
    """`about`: the entity, where the page around it does not say. `href`: its address without the ending, empty where
    it has no files. `draw` takes the width, in units of the drawing, and a key for ids. `cross`: the same numbers as a
    page shows them, where a row for each is too long."""

    slug: str
    about: str
    title: str
    note: str
    tabulate: Callable[[], Table]
    draw: Callable[[float, str], charts.Svg]
    href: str = ""
    query: str = ""
    cross: Callable[[], Crossed] | None = None

    @cached_property
    def table(self) -> Table:
        return self.tabulate()

    @cached_property
    def on_page(self) -> Table | Crossed:
        return self.cross() if self.cross else self.table

    @cached_property
    def wide(self) -> charts.Svg:
        return self.draw(WIDE, f"chart-{self.slug}")

    @cached_property
    def narrow(self) -> charts.Svg:
        return self.draw(NARROW, f"chart-{self.slug}-narrow")

    @property
    def svg(self) -> str:
        """A file that can be read by itself."""
        source = f"HISP Quarterly, {self.href.rpartition('charts/')[0]}{self.query}"
        return standalone.document(self.wide, f"{self.about}: {self.title}", self.note, source)

    @property
    def file_name(self) -> str:
        return self.href.strip("/").replace("/charts/", "/").replace("/", "-")


def points(value: Fraction | Decimal | None) -> Decimal | None:
    """A score or a margin as a page rounds it."""
    return None if value is None else for_display(value, 2)


def hollow(score: str) -> str:
    """What an empty dot says of a score with this slug."""
    to = " to one of its domains or more" if score == "combined" else ""
    return f" A hollow dot rests on fewer than {FEW_ANSWERS} answers{to}."


Rows = Sequence[tuple[Cell, ...]]
