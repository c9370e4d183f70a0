"""An input of the corpus, and what every family needs to make its own."""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hisps.models import Hisp
from reporting.models import Quarter
from tests import corpus
from tests.reporting.workbook.workbooks import complete, parts_of, zipped

FAMILIES = {
    "A": "Container",
    "B": "Zip",
    "C": "XML",
    "D": "Package",
    "E": "Size",
    "F": "Template",
    "G": "Counts",
    "H": "Text",
    "I": "Choices",
    "J": "Across cells",
    "P": "Must pass",
}


@dataclass(frozen=True)
class Item:
    """A file and what must come of it: a problem of `rule` whose message holds `says`, at `cell` (`Responses!H14`).

    `is_accepted`: it becomes a draft, with that problem when `rule` is given. `prepare` runs before, for inputs that
    need history.
    """

    family: str
    id: str
    data: Callable[[], bytes]
    rule: str = ""
    says: str = ""
    cell: str = ""
    is_accepted: bool = False
    name: str = "report.xlsx"
    prepare: Callable[[Hisp, Quarter], object] | None = None

    def __str__(self) -> str:
        return f"{self.family}-{self.id}"

    def is_told_by(self, problem: dict[str, Any]) -> bool:
        """`problem` as Upload.report keeps it."""
        places = [f"{problem['sheet']}!{problem['cell']}", *problem["related"]]
        return (
            problem["rule"] == self.rule and self.says in problem["message"] and (not self.cell or self.cell in places)
        )


def items() -> list[Item]:
    """Of every family, in order."""
    found: list[Item] = []
    for module in pkgutil.iter_modules(corpus.__path__, f"{corpus.__name__}."):
        found += getattr(importlib.import_module(module.name), "ITEMS", [])
    return sorted(found, key=lambda item: item.family)


def having(parts: dict[str, bytes]) -> bytes:
    """A faultless workbook with these parts added or replaced."""
    return zipped(parts_of(complete()) | parts)


def without(*names: str) -> bytes:
    """A faultless workbook that lacks these parts."""
    return zipped({name: content for name, content in parts_of(complete()).items() if name not in names})
