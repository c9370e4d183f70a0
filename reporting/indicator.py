"""The submission indicator: how a submission complies with section 280, never how satisfied customers are."""

from dataclasses import dataclass

from reporting.contents import Contents, Survey
from reporting.domains import SCALES

GREEN, YELLOW, RED, GREY = "green", "yellow", "red", "grey"
OF_SUBMITTED = (GREEN, YELLOW, RED)  # what OMB may say of something that arrived
WORDS = {
    GREEN: "Complete",
    YELLOW: "Partly complete",
    RED: "Not submitted",
    GREY: "Not due yet",
}
JUDGED = ("satisfaction", "trust")  # the domains that a full survey answers
_VOLUMES = {
    "customers": "Number of customers",
    "offered": "Number offered the survey",
    "respondents": "Number of respondents",
}


@dataclass(frozen=True)
class Indicator:
    """A color with the reasons for it; green has none."""

    color: str
    reasons: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return WORDS[self.color]


def indicator(contents: Contents | None, *, is_due: bool = True) -> Indicator:
    """Green: at least one survey in full (satisfaction and trust answered on a five-point scale, all volumes known)
    and a reflection. Yellow: something, but not that. Red: nothing. Grey: nothing, and not due yet."""
    if contents is None or (contents.is_empty and not contents.reflection):
        return Indicator(RED, ("Nothing was submitted.",)) if is_due else Indicator(GREY, ("Not due yet.",))
    shortfalls = [_shortfalls(survey) for survey in contents.surveys]
    reasons = [] if contents.reflection else ["There is no reflection."]
    if not shortfalls:
        reasons.insert(0, "There is no survey.")
    elif all(shortfalls):
        reasons = [reason for one_survey in shortfalls for reason in one_survey] + reasons
    return Indicator(YELLOW, tuple(reasons)) if reasons else Indicator(GREEN)


def _shortfalls(survey: Survey) -> list[str]:
    name = survey.service_provided or survey.service
    reasons = [f"No {domain} answers for {name}." for domain in JUDGED if not survey.tally(domain).n]
    reasons += [f"{words} is missing for {name}." for field, words in _VOLUMES.items() if not getattr(survey, field)]
    if survey.scale in ("yes_no", "three_point"):
        reasons.append(f"{SCALES[survey.scale]} scale for {name}.")
    return reasons
