"""A measured figure, and the table in which it is printed."""

from collections.abc import Iterable
from dataclasses import dataclass

_UNITS = {
    "s": (1.0, 3),
    "ms": (1e-3, 1),
    "µs": (1e-6, 0),
    "MB": (2**20, 1),
    "KB": (1000, 1),
    "files": (1.0, 0),
    "": (1.0, 3),
}  # how much of a second or a byte it is; places shown
_HEADINGS = ("What", "Measured", "Limit", "Ratio", "Target", "Met?")
_WIDTHS = (58, 11, 42, 7, 10, 4)


@dataclass(frozen=True)
class Line:
    """`figure` is in seconds or bytes. `limit`: what it is held against, by name, measured in the same run.

    `most`: of the ratio; without a limit, of the figure in its unit. None: there is no target.
    """

    what: str
    figure: float
    unit: str
    limit_name: str = ""
    limit: float = 0
    most: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.figure / self.limit if self.limit else None

    @property
    def is_met(self) -> bool:
        if self.most is None:
            return True
        return (self.figure / _UNITS[self.unit][0] if self.ratio is None else self.ratio) <= self.most

    def texts(self) -> tuple[str, ...]:
        has_limit, has_target = self.ratio is not None, self.most is not None
        return (
            self.what,
            _shown(self.figure, self.unit),
            f"{self.limit_name}, {_shown(self.limit, self.unit)}" if has_limit else self.limit_name,
            f"{self.ratio:.2f} x" if has_limit else "",
            f"{self.most:g} {'x' if has_limit else self.unit}" if has_target else "",
            ("yes" if self.is_met else "NO") if has_target else "",
        )


def _shown(figure: float, unit: str) -> str:
    size, places = _UNITS[unit]
    return f"{figure / size:,.{places}f} {unit}"


def printed(lines: Iterable[Line]) -> bool:
    """Prints each line as soon as it is known. Whether every target was met."""
    _print(_HEADINGS)
    _print(tuple("-" * width for width in _WIDTHS))
    all_met = True
    for line in lines:
        _print(line.texts())
        all_met = all_met and line.is_met
    return all_met


def _print(texts: tuple[str, ...]) -> None:
    what, measured, limit, ratio, target, met = _WIDTHS
    print(
        f"{texts[0]:<{what}} {texts[1]:>{measured}}  {texts[2]:<{limit}} {texts[3]:>{ratio}} {texts[4]:>{target}}"
        f" {texts[5]:>{met}}",
        flush=True,
    )
