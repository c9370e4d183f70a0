"""Today's checks on files of before: what they would say now, beside what they said then. Reads only.

Last quarter's figures and the registry are today's too, so a finding may be new although no rule is.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from reporting.checked import check
from reporting.models import Quarter, Submission, Upload
from reporting.workbook.cells import Problem

MISSING = "The file is no longer in storage."
ALTERED = "The file in storage is not the one that was sent: its SHA-256 differs."


@dataclass(frozen=True)
class Recheck:
    """One upload. `new` and `gone`: findings that were not there then, and those that are not there now.

    `unread`: why the file was not checked; then nothing else is known.
    """

    upload: Upload
    was_refused: bool
    is_refused: bool = False
    new: tuple[Problem, ...] = ()
    gone: tuple[Problem, ...] = ()
    unread: str = ""

    @property
    def turn(self) -> str:
        """ "" where it would be taken, or refused, as it was."""
        if self.unread or self.was_refused == self.is_refused:
            return ""
        return "would now be refused" if self.is_refused else "would now be accepted"

    @property
    def verdict(self) -> str:
        """In words, such as “would now be refused, 2 findings new, 1 finding gone”."""
        counts = ((len(self.new), "new"), (len(self.gone), "gone"))
        findings = [f"{n} finding{'s' * (n > 1)} {word}" for n, word in counts if n]
        return self.unread or ", ".join([*([self.turn] if self.turn else []), *findings]) or "same"

    @property
    def kind(self) -> str:
        """What the summary counts it under."""
        if self.unread:
            return "not read"
        return self.turn or ("other findings" if self.new or self.gone else "same")


def uploads(quarter: Quarter, *, hisp: str = "", every: bool = False) -> list[Upload]:
    """Of each HISP the upload that stands, or `every` one; oldest first, HISP by HISP.

    It stands when the HISP's last revision that was not withdrawn is made of it; where there is none, the last upload.
    """
    found = (
        Upload.objects.filter(quarter=quarter, kind=Upload.Kind.WORKBOOK)
        .select_related("hisp", "quarter")
        .defer("grid")
    )
    found = found.filter(hisp__slug=hisp) if hisp else found
    ordered = list(found.order_by("hisp__slug", "at", "pk"))
    if every:
        return ordered
    standing = _made_of(quarter)
    last = {upload.hisp_id: upload for upload in ordered}
    last |= {upload.hisp_id: upload for upload in ordered if standing.get(upload.hisp_id) == upload.pk}
    return list(last.values())


def _made_of(quarter: Quarter) -> dict[int | None, int]:
    """HISP -> the upload of its last revision."""
    revisions = Submission.objects.filter(quarter=quarter).exclude(state=Submission.State.WITHDRAWN)
    return dict(revisions.order_by("revision").values_list("hisp_id", "upload_id"))


def of_history(quarter: Quarter) -> int:
    """How many submissions were made from published files, which no workbook check reads."""
    return Submission.objects.filter(quarter=quarter, upload__kind=Upload.Kind.HISTORY).count()


def recheck(upload: Upload) -> Recheck:
    """Raises reader.Unavailable when no process can be had to read in."""
    was_refused = upload.outcome == Upload.Outcome.REFUSED
    try:
        with upload.file.open("rb") as file:
            data = file.read()
    except FileNotFoundError:
        return Recheck(upload, was_refused, unread=MISSING)
    if sha256(data).hexdigest() != upload.sha256:
        return Recheck(upload, was_refused, unread=ALTERED)
    checked = check(data, upload.name, hisp=upload.hisp, quarter=upload.quarter)
    former = upload.problems
    return Recheck(
        upload,
        was_refused,
        checked.is_refused,
        new=_not_among(checked.problems, former),
        gone=_not_among(former, checked.problems),
    )


def _not_among(problems: Iterable[Problem], others: Iterable[Problem]) -> tuple[Problem, ...]:
    known = Counter(map(_identity, others))
    left = []
    for problem in problems:
        if known[_identity(problem)]:
            known[_identity(problem)] -= 1
        else:
            left.append(problem)
    return tuple(left)


def _identity(problem: Problem) -> tuple[Any, ...]:
    """Not its words: a sentence that was improved is no other finding."""
    return problem.rule, problem.severity, problem.cells
