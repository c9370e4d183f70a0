"""Every HISP's score in a quarter, with its margin."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards import charts, formats
from dashboards.charts import Dot
from dashboards.pictures.picture import Cell, Picture, Rows, Table, hollow, points
from dashboards.scores import ScoreText


@dataclass(frozen=True)
class OfHisp:
    """One HISP; without a score `reason` says why."""

    name: str
    score: ScoreText | None
    reason: str = ""


def hisps(
    of: Sequence[OfHisp],
    together: ScoreText,
    about: str,
    method: str,
    href: str,
    query: str,
    *,
    whole: str = "Government-wide",
) -> list[Picture]:
    """Nothing unless two have a score. `together`: of the `whole`, which they are compared with."""
    rows = [_dot(one.name, one.score) for one in of if one.score and one.score.value is not None]
    if len(rows) < 2:
        return []
    title = f"{together.name}: {len(rows)} providers"
    ordered = sorted(rows, key=lambda row: -float(row.value))
    said = f"From {ordered[0].name}, {ordered[0].text}, to {ordered[-1].name}, {ordered[-1].text}."

    def draw(width: float, key: str) -> charts.Svg:
        mean = f"{whole} {together.text}"
        return charts.dots(rows, f"{about}: {title}", said, mean=together.value, mean_text=mean, width=width, key=key)

    return [
        Picture(
            slug="hisps",
            about=about,
            title=title,
            note=_note(rows, len(of), method, together.slug),
            tabulate=lambda: _table(of),
            draw=draw,
            href=f"{href}hisps",
            query=query,
        )
    ]


def _dot(name: str, score: ScoreText) -> Dot:
    return Dot(
        name,
        score.value or 0,
        score.text,
        formats.margin(score.half).replace("less than\N{NO-BREAK SPACE}", "<"),
        score.half,
        score.few,
    )


def _note(rows: Sequence[Dot], expected: int, method: str, score: str) -> str:
    missing = expected - len(rows)
    return (
        f"Best first, with the 95% margin of error to both sides. {method}."
        + (hollow(score) if any(row.few for row in rows) else "")
        + (f" {formats.counted(missing, 'provider')} without a score: the table says why." if missing else "")
    )


def _table(of: Sequence[OfHisp]) -> Table:
    scored = sorted(
        (one for one in of if one.score and one.score.value is not None),
        key=lambda one: (-(one.score.value if one.score and one.score.value else 0), one.name),
    )
    lines: Rows = [_line(one) for one in (*scored, *(one for one in of if one not in scored))]
    columns = ("Provider", "Score", "Margin ±", "Answers", "Why there is no score")
    return Table(columns, tuple(lines), frozenset((columns[0], columns[-1])))


def _line(one: OfHisp) -> tuple[Cell, ...]:
    score = one.score
    if score is None:
        return one.name, None, None, 0, one.reason
    return one.name, points(score.value), points(score.half), score.n, score.reason or one.reason
