"""An input of the corpus, and what every family needs to make its own."""

import importlib
import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any
from zipfile import ZIP_DEFLATED

from hisps.models import Hisp
from reporting.models import Quarter
from tests import corpus
from tests.reporting.workbook.workbooks import complete, parts_of, zipped

STRINGS = "xl/sharedStrings.xml"
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
    "K": "Requests",
    "L": "Fuzz",
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


def having(parts: dict[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    """A faultless workbook with these parts added or replaced."""
    return zipped(parts_of(complete()) | parts, method)


def without(*names: str) -> bytes:
    """A faultless workbook that lacks these parts."""
    return zipped({name: content for name, content in parts_of(complete()).items() if name not in names})


@cache
def shared() -> bytes:
    """A faultless workbook whose texts stand in a part of their own, as Excel stores them."""
    texts: list[bytes] = []

    def moved(match: re.Match[bytes]) -> bytes:
        texts.append(match[2])
        return match[1] + b't="s"><v>%d</v></c>' % (len(texts) - 1)

    parts = {
        name: re.sub(rb'(<c [^>]*?)t="inlineStr"[^>]*><is>(.*?)</is></c>', moved, content, flags=re.DOTALL)
        for name, content in parts_of(complete()).items()
    }
    assert texts
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>", f'<Override PartName="/{STRINGS}" ContentType="{kind}"/></Types>'.encode()
    )
    items_ = b"".join(b"<si>%s</si>" % text for text in texts)
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return zipped(parts | {STRINGS: b'<sst xmlns="%s">%s</sst>' % (main, items_)})
