"""What stands out in a quarter: computed from the published figures, never typed. Explained in docs/comparisons.md."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboards import formats
from dashboards.comparisons import Difference, combined_estimate, like_for_like
from dashboards.published import Published
from dashboards.scores import ScoreText
from reporting.scoring import FEW_ANSWERS


@dataclass(frozen=True)
class Move:
    """A HISP whose combined score changed, over the surveys that both quarters have."""

    slug: str
    name: str
    change: str
    before: str
    now: str
    surveys: str
    margin: str
    clear: bool


@dataclass(frozen=True)
class Named:
    slug: str
    name: str


@dataclass(frozen=True)
class Highlights:
    """What there is nothing of is None or empty. `compared`: among how many HISPs rise and fall were looked for."""

    rise: Move | None
    fall: Move | None
    compared: str  # empty for none
    highest: ScoreText | None
    lowest: ScoreText | None
    new: tuple[Named, ...]
    returned: tuple[Named, ...]
    absent: tuple[Named, ...]


def highlights(
    now: Sequence[Published],
    before: Sequence[Published],
    ever_before: Iterable[str],
    domains: Sequence[ScoreText],
    method: str,
    *,
    complete: bool = True,
) -> Highlights:
    """`before`: the quarter with figures before; `ever_before`: slugs of HISPs with figures in any. While a quarter is
    not complete nobody is absent from it yet."""
    moves = _moves(now, before, method)
    scored = sorted((one for one in domains if one.value is not None), key=lambda one: one.value or 0)
    then, known = {one.hisp.slug for one in before}, set(ever_before)
    newcomers = [one for one in now if before and one.hisp.slug not in then]
    present = {one.hisp.slug for one in now}
    return Highlights(
        rise=_move(moves, rising=True),
        fall=_move(moves, rising=False),
        compared=formats.counted(len(moves), "HISP") if moves else "",
        highest=scored[-1] if len(scored) > 1 else None,
        lowest=scored[0] if len(scored) > 1 else None,
        new=_named(one for one in newcomers if one.hisp.slug not in known),
        returned=_named(one for one in newcomers if one.hisp.slug in known),
        absent=_named(one for one in before if complete and one.hisp.slug not in present),
    )


_Moved = tuple[Published, Difference, Move]


def _moves(now: Iterable[Published], before: Iterable[Published], method: str) -> list[_Moved]:
    """Of every HISP whose change rests on enough answers to tell."""
    then = {one.hisp.slug: one for one in before}
    found = []
    for one in now:
        if one.hisp.slug not in then:
            continue
        same = like_for_like(one.surveys, then[one.hisp.slug].surveys)
        change = same.change(method)
        if change is not None and same.is_firm(method, FEW_ANSWERS):
            move = Move(
                slug=one.hisp.slug,
                name=one.hisp.name,
                change=formats.change(change.value),
                before=formats.score(combined_estimate(same.before, method).value),
                now=formats.score(combined_estimate(same.now, method).value),
                surveys=formats.counted(len(same.now), "survey"),
                margin=formats.margin(change.margin, at_most=True),
                clear=change.is_clear,
            )
            found.append((one, change, move))
    return found


def _move(moves: Sequence[_Moved], *, rising: bool) -> Move | None:
    """The largest; of equal ones that of the HISP whose name comes first. None when none shows in two decimals."""
    sign = 1 if rising else -1
    _, change, move = max(moves, key=lambda one: sign * one[1].value, default=(None, None, None))
    if change is None or move is None or sign * change.value <= 0 or move.change == formats.change(change.value * 0):
        return None
    return move


def _named(found: Iterable[Published]) -> tuple[Named, ...]:
    return tuple(Named(one.hisp.slug, one.hisp.name) for one in found)
