"""What the public page says of one check: what it looks for, why, an example and the fix."""

from dataclasses import dataclass

from reporting.workbook.cells import ERROR, SEVERITIES


@dataclass(frozen=True)
class Check:
    """One check. `name` is the rule of the problems that it makes; `bad` and `good`: what is found, what passes.

    `otherwise`: when the severity is another one, in words. All texts are plain sentences for the public page.
    """

    name: str
    looks_for: str
    why: str
    bad: str
    good: str
    fix: str
    severity: str = ERROR
    otherwise: str = ""

    @property
    def severity_words(self) -> str:
        return SEVERITIES[self.severity]
