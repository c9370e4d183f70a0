"""The folder that a run writes into: it holds what we wrote and nothing else, and only what changed is touched."""

import filecmp
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from zipfile import ZipFile

MARK = ".hisp-quarterly.json"  # tells that a folder is ours, and which files are
_WHEN_MADE = "docProps/core.xml"


class Refused(Exception):
    """The folder cannot be written into; the message is a sentence for people."""


@dataclass
class Written:
    """What became of the files. `missing`: addresses that a page refers to and that answered otherwise than 200."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    missing: list[str] = field(default_factory=list)

    @property
    def files(self) -> int:
        return self.new + self.changed + self.unchanged


class Folder:
    """In the hands of one run. Raises Refused for one that holds something else."""

    def __init__(self, path: Path) -> None:
        self.path, self.written = path, Written()
        self._former = _former(path)
        self._files: set[str] = set()
        self._mark(self._former)

    def save(self, file: str, blocks: Iterable[bytes]) -> None:
        """A block at a time: a file may be larger than memory."""
        self._files.add(file)
        path = self.path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self.path, prefix=".writing-", delete=False) as new:
            for block in blocks:
                new.write(block)
        if path.exists() and _same(Path(new.name), path):
            os.unlink(new.name)
            self.written.unchanged += 1
            return
        self.written.changed += path.exists()
        self.written.new += not path.exists()
        os.chmod(new.name, 0o644)
        os.replace(new.name, path)

    def close(self) -> None:
        """Removes what the last run wrote and this one did not."""
        for file in self._former - self._files:
            self._remove(self.path / file)
        self._mark(self._files)

    def _remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self.written.removed += 1
        for parent in path.parents:
            if parent == self.path or any(parent.iterdir()):
                return
            parent.rmdir()

    def _mark(self, files: Iterable[str]) -> None:
        (self.path / MARK).write_text(json.dumps({"files": sorted(files)}, indent=0) + "\n")


def _former(folder: Path) -> set[str]:
    """The files that the last run wrote."""
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / MARK
    if mark.exists():
        return set(json.loads(mark.read_text())["files"])
    if any(folder.iterdir()):
        raise Refused(
            f"{folder} holds files that this command did not write, so it was left alone. Name an empty folder, or "
            "one that this command wrote."
        )
    return set()


def _same(one: Path, other: Path) -> bool:
    """A workbook also tells when it was made, which does not make it another."""
    if other.suffix != ".xlsx":
        return filecmp.cmp(one, other, shallow=False)
    return _parts(one) == _parts(other)


def _parts(workbook: Path) -> dict[str, int]:
    with ZipFile(workbook) as archive:
        return {part.filename: part.CRC for part in archive.infolist() if part.filename != _WHEN_MADE}
