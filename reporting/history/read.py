"""OMB's published collections file (and our own collections.csv) as rows. Nothing is looked up, nothing is saved."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from reporting.history.columns import OPTIONAL, REQUIRED
from reporting.history.row import LineReader, Row
from reporting.history.table import Table
from reporting.history.table import read as read_table


def read(data: bytes, name: str, today: date) -> tuple[list[Row], Table]:
    """The rows that could be read, and the table with every problem; use the rows only when there is none."""
    table = read_table(data, name, REQUIRED, OPTIONAL)
    rows = [row for line in table.lines if (row := LineReader(table, line, today).row()) is not None]
    _refuse_twins(rows, table)
    return rows, table


def _refuse_twins(rows: list[Row], table: Table) -> None:
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        earlier = first.setdefault(row.identity, row.line)
        if earlier != row.line:
            found = f"This is the same survey as on line {earlier}: provider, service, quarter and channel are equal."
            table.report("twice", row.line, "service_provided", found, "Every survey once.", "Remove one of the two.")


def normalization_counts(rows: list[Row]) -> Mapping[str, int]:
    return Counter(kind for row in rows for kind in row.normalized)
