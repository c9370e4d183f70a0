"""What stands out in a quarter: computed from the published figures, never typed. Explained in docs/comparisons.md."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dashboards import formats
from dashboards.comparisons import LikeForLike, combined_estimate, like_for_like
from dashboards.providers import Provider
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
        rise=_move(moves, method, rising=True),
        fall=_move(moves, method, rising=False),
        compared=formats.counted(len(moves), "HISP") if moves else "",
        highest=scored[-1] if len(scored) > 1 else None,
        lowest=scored[0] if len(scored) > 1 else None,
        new=_named(one for one in newcomers if one.hisp.slug not in known),
        returned=_named(one for one in newcomers if one.hisp.slug in known),
        absent=_named(one for one in before if complete and one.hisp.slug not in present),
    )


@dataclass(frozen=True)
class _Moved:
    """A HISP whose combined score can be told from the quarter before, over the same surveys. `value`: by how much."""

    hisp: Provider
    same: LikeForLike
    value: Fraction

    def shown(self, method: str) -> Move:
        before, now = combined_estimate(self.same.before, method), combined_estimate(self.same.now, method)
        change = self.same.change(method)
        return Move(
            slug=self.hisp.slug,
            name=self.hisp.name,
            change=formats.change(self.value),
            before=formats.score(before.value),
            now=formats.score(now.value),
            surveys=formats.counted(len(self.same.now), "survey"),
            margin=formats.margin(change.margin, at_most=True) if change else "",
            clear=change is not None and change.is_clear,
        )


def _moves(now: Iterable[Published], before: Iterable[Published], method: str) -> list[_Moved]:
    """Of every HISP whose change rests on enough answers to tell."""
    then = {one.hisp.slug: one.surveys for one in before}
    found = []
    for one in now:
        same = like_for_like(one.surveys, then.get(one.hisp.slug, ()))
        if same.is_firm(method, FEW_ANSWERS):
            value = same.now.mean_of_domains(method), same.before.mean_of_domains(method)
            if value[0] is not None and value[1] is not None:
                found.append(_Moved(one.hisp, same, value[0] - value[1]))
    return found


def _move(moves: Sequence[_Moved], method: str, *, rising: bool) -> Move | None:
    """The largest; of equal ones that of the HISP whose name comes first. None when none shows in two decimals."""
    sign = 1 if rising else -1
    found = max(moves, key=lambda one: sign * one.value, default=None)
    if found is None or sign * found.value <= 0 or formats.change(found.value) == formats.change(Fraction(0)):
        return None
    return found.shown(method)


def _named(found: Iterable[Published]) -> tuple[Named, ...]:
    return tuple(Named(one.hisp.slug, one.hisp.name) for one in found)
