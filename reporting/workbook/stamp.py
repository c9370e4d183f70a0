"""The stamp of a template: for whom and when it was made, signed so that an edited one is noticed.

It stands on a very hidden sheet and in a document property; either is enough to read it.
"""

import hashlib
import hmac
from dataclasses import dataclass, replace

from reporting.fiscal import FiscalQuarter
from reporting.workbook.cells import ERROR, Problem

PROPERTY = "hisp-quarterly-stamp"
_AGAIN = "Download the template of your HISP and quarter again, copy your figures into it and upload that file."


@dataclass(frozen=True)
class Stamp:
    """`hisp` is its slug; `issue_id` tells one download from another; `signature` is a hex HMAC-SHA256."""

    version: str
    hisp: str
    quarter: FiscalQuarter
    issue_id: str
    signature: str = ""

    def sign(self, secret: str) -> "Stamp":
        return replace(self, signature=self._signature(secret))

    def is_genuine(self, secret: str) -> bool:
        return hmac.compare_digest(self.signature.encode(), self._signature(secret).encode())

    def _signature(self, secret: str) -> str:
        return hmac.new(secret.encode(), self._signed.encode(), hashlib.sha256).hexdigest()

    @property
    def _signed(self) -> str:
        return "|".join((self.version, self.hisp, self.quarter.slug, self.issue_id))

    @property
    def text(self) -> str:
        """One line: `1|va-vha|2021-q2|a81f...|signature`."""
        return f"{self._signed}|{self.signature}"

    @classmethod
    def parse(cls, text: str) -> "Stamp":
        """Reads `text`. Raises ValueError when it is not a stamp."""
        version, hisp, quarter, issue_id, signature = text.strip().split("|")
        return cls(version, hisp, FiscalQuarter.parse(quarter), issue_id, signature)


def not_our_template() -> Problem:
    return Problem(
        "not_our_template",
        ERROR,
        "This workbook was not made from the reporting template.",
        "The template of your HISP and quarter, filled in.",
        "Download the template of your HISP and quarter, fill it in and upload that file.",
    )


def missing() -> Problem:
    return Problem(
        "stamp_missing",
        ERROR,
        "The hidden mark that says for which HISP and quarter this template was made is missing.",
        "A file that was saved from the downloaded template.",
        _AGAIN,
    )


def edited() -> Problem:
    return Problem(
        "stamp_edited",
        ERROR,
        "The hidden mark that says for which HISP and quarter this template was made was changed.",
        "A file that was saved from the downloaded template.",
        _AGAIN,
    )


def other_version(found: str, wanted: str) -> Problem:
    return Problem(
        "template_version",
        ERROR,
        f"This is version {found[:20]} of the template; version {wanted} is in use.",
        f"Version {wanted} of the template.",
        _AGAIN,
    )


def other_hisp(found: str, wanted: str) -> Problem:
    return Problem(
        "other_hisp",
        ERROR,
        f"This template was made for {found}, not for {wanted}.",
        f"The template of {wanted}.",
        f"Download the template of {wanted}, copy your figures into it and upload that file. This one can be uploaded "
        f"only by somebody who reports for {found}.",
    )


def other_quarter(found: FiscalQuarter, wanted: FiscalQuarter) -> Problem:
    return Problem(
        "other_quarter",
        ERROR,
        f"This template was made for {found.label}, not for {wanted.label}.",
        f"The template of {wanted.label}.",
        f"Upload it for {found.label}, or use the template of {wanted.label}.",
    )
