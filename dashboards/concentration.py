"""How few surveys hold most of the answers: what a score that is pooled by responses mostly describes. Explained in
docs/comparisons.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from dashboards import formats
from dashboards.surveys import PublishedSurvey
from reporting.domains import question_name

MOST_ANSWERS = Fraction(9, 10)


@dataclass(frozen=True)
class Concentration:
    """The fewest surveys that hold nine tenths of the answers. `share`: what they hold, 0.9 to 1."""

    surveys: int
    of: int  # surveys with answers
    share: Fraction


def concentration(sizes: Sequence[int]) -> Concentration | None:
    """`sizes`: the number of answers of each survey. None when nobody answered."""
    answered = sorted((size for size in sizes if size), reverse=True)
    total, running = sum(answered), 0
    for number, size in enumerate(answered, start=1):
        running += size
        if running >= MOST_ANSWERS * total:
            return Concentration(number, len(answered), Fraction(running, total))
    return None


def sentence(surveys: Sequence[PublishedSurvey], slug: str = "satisfaction") -> str:
    """Without its full stop; empty where it takes all surveys with answers to the question."""
    found = concentration([one.survey.tally(slug).n for one in surveys])
    if found is None or found.surveys == found.of:
        return ""
    held = f"{found.surveys} of {found.of} surveys {'holds' if found.surveys == 1 else 'hold'}"
    return f"{held} {formats.share(found.share)} of the answers on {question_name(slug).lower()}"
