"""Checks across cells, rows and quarters. Filled in below."""

from dataclasses import dataclass

from reporting.contents import Contents
from reporting.workbook.cells import Problem


@dataclass(frozen=True)
class Context:
    services: tuple[str, ...] = ()
    previous: Contents | None = None
    historic: bool = False


def problems(contents: Contents, context: Context) -> list[Problem]:
    return []
