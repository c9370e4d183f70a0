"""Reading a whole workbook: what goes in comes out, with its cells; and every fault is told once."""

from dataclasses import replace
from typing import Any

from reporting.workbook import parse, spec
from reporting.workbook.generate import build
from tests.reporting.workbook.fill import fill_from
from tests.reporting.workbook.workbooks import (
    cell_of,
    complete,
    contents,
    fresh,
    question,
    survey,
    template,
    typed,
)


def test_what_was_filled_in_is_read() -> None:
    parsed = parse.read(complete())

    assert parsed.contents == contents()
    assert parsed.problems == []


def test_everything_that_contents_can_hold_is_read() -> None:
    everything = contents(
        surveys=3,
        reflection="",
        comment="“Quotes”, é, 👍\nand lines",
    )
    odd = survey(
        1,
        customers=None,
        volume_notes={"customers": "The system was down."},
        scale="yes_no",
        conversion="Yes = 5, No = 1",
        publishable=False,
        publishable_reason="The clearance forbids it.",
        control_number_typed="OMB 2900-0770",
        questions=(
            question("satisfaction", 3, 0, 0, 0, 90),
            question("trust"),
            question("extra_4", 1, 2, 3, 4, 5),
            replace(question("employee"), no_data="not_asked", notes="No employee online."),
        ),
    )
    filed = replace(everything, surveys=(odd, *everything.surveys[1:]))
    ordered = replace(odd, questions=tuple(odd.questions[n] for n in (0, 1, 3, 2)))

    parsed = parse.read(fill_from(fresh(), filed))

    assert parsed.contents == replace(filed, surveys=(ordered, *filed.surveys[1:]))


def test_untouched_template_holds_no_figures() -> None:
    parsed = parse.read(build(template(contents())))

    assert parsed.contents is not None
    assert all(q.tally is None for s in parsed.contents.surveys for q in s.questions)
    assert all(s.customers is None for s in parsed.contents.surveys)


def test_every_value_knows_its_cell() -> None:
    read = parse.read(complete()).contents
    assert read is not None
    first = read.surveys[0]

    assert str(first.places["customers"]) == "Touchpoints!F5"
    assert str(first.questions[1].places["n5"]) == "Responses!J6"
    assert str(read.places["reflection"]) == "Cover!B11"
    assert str(read.metrics[0].places["value"]) == "Operations!B5"


def test_every_fault_of_a_large_workbook_is_told_once_at_its_cells() -> None:
    cells: dict[str, Any] = {}
    for offset in range(11):
        cells[cell_of(spec.TOUCHPOINTS, "customers", offset)] = f"{offset + 1} million"
        cells[cell_of(spec.TOUCHPOINTS, "channel", offset)] = "Carrier pigeon"
        for question_offset in range(7):
            cells[cell_of(spec.RESPONSES, "n3", offset * 11 + question_offset)] = "n/a"
    cells["Cover!B10"] = "nobody"
    cells["Operations!B5"] = "a lot"
    data = typed(fill_from(fresh(), contents(11)), cells)

    problems = parse.read(data).problems

    told = [str(cell) for problem in problems for cell in (problem.cell, *problem.related)]
    assert sorted(told) == sorted(cells)
    assert len(problems) == 11 + 1 + 1 + 1 + 1
    pigeon = next(p for p in problems if p.rule == "not_in_list")
    assert (str(pigeon.cell), len(pigeon.related)) == ("Touchpoints!E5", 10)


def test_workbook_of_eleven_surveys_is_read() -> None:
    assert parse.read(fill_from(fresh(), contents(11))).contents == contents(11)
