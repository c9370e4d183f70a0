"""From customers to answers: how many were offered the survey, and how many of them responded."""

from dashboards import charts, formats
from dashboards.charts import Step, one_in
from dashboards.pictures.picture import Picture, Rows, Table
from dashboards.scorecards.parts import Reach


def people(reach: Reach, about: str, when: str, href: str, query: str) -> list[Picture]:
    """Nothing unless a survey has all three numbers. `when`: the quarter."""
    if not reach.surveys:
        return []
    steps = _steps(reach)
    title = f"From customers to responses, {when}"
    said = ". ".join(f"{step.name}: {step.text}{', ' if step.words else ''}{step.words}" for step in steps)
    return [
        Picture(
            slug="people",
            about=about,
            title=title,
            note=_note(reach, steps),
            tabulate=lambda: _table(steps),
            draw=lambda width, key: charts.funnel(steps, f"{about}: {title}", said, width=width, key=key),
            href=f"{href}people",
            query=query,
        )
    ]


def _steps(reach: Reach) -> list[Step]:
    answered = f"{one_in(reach.respondents, reach.offered)} of those offered"
    return [
        Step("Customers", reach.customers, formats.count(reach.customers)),
        Step("Offered the survey", reach.offered, formats.count(reach.offered), _of_customers(reach.offered, reach)),
        Step(
            "Responded",
            reach.respondents,
            formats.count(reach.respondents),
            f"{answered}, {_of_customers(reach.respondents, reach)}",
        ),
    ]


def _of_customers(part: int, reach: Reach) -> str:
    return f"{one_in(part, reach.customers)} customers" if part else "none of the customers"


def _note(reach: Reach, steps: list[Step]) -> str:
    thin = [f"“{step.name}”" for step in steps if charts.too_thin(step, steps)]
    return f"{_whose(reach)}. Bars are true to scale." + (
        f" The bar of {formats.joined(thin)} is thinner than the line that marks it." if thin else ""
    )


def _whose(reach: Reach) -> str:
    if reach.surveys < reach.of:
        return f"{reach.surveys} of {reach.of} surveys, those that reported all three numbers"
    return {1: "One survey", 2: "Both surveys"}.get(reach.of, f"All {reach.of} surveys")


def _table(steps: list[Step]) -> Table:
    rows: Rows = [(step.name, step.count, step.words) for step in steps]
    return Table(("Who", "People", "Proportion"), tuple(rows), frozenset(("Who", "Proportion")))
