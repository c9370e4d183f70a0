"""How people answered on each domain."""

from collections.abc import Iterable

from dashboards import charts
from dashboards.charts import ANSWERS, Bar
from dashboards.pictures.picture import Part, Picture, Rows, Table
from dashboards.scores import ScoreText


def answers(domains: Iterable[ScoreText], about: str, when: str, href: str, query: str) -> list[Picture]:
    """Nothing where nobody answered. `when`: the quarter."""
    asked = [score for score in domains if score.tally.n]
    if not asked:
        return []
    bars = [Bar(score.name, score.tally.counts, score.distribution.split(" · "), score.positive) for score in asked]
    title = f"How people answered, {when}"
    said = "; ".join(f"{score.name}: {score.positive} positive" for score in asked)
    return [
        Picture(
            slug="answers",
            about=about,
            title=title,
            note="Shares of all answers, whatever the method. Positive: agree and strongly agree.",
            tabulate=lambda: _table(asked),
            draw=lambda width, key: charts.answers(bars, f"{about}: {title}", said, width=width, key=key),
            href=f"{href}answers",
            query=query,
        )
    ]


def _table(asked: Iterable[ScoreText]) -> Table:
    rows: Rows = [
        (
            score.name,
            score.tally.n,
            *(Part(count, score.tally.n) for count in score.tally.counts),
            Part(score.tally.n4 + score.tally.n5, score.tally.n),
        )
        for score in asked
    ]
    return Table(("Domain", "Answers", *ANSWERS, "Positive"), tuple(rows), frozenset(["Domain"]))
