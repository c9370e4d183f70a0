"""Surveys put together from the rows of Touchpoints and Responses, which the survey number ties to each other."""

from collections.abc import Iterable
from typing import Any

from reporting.contents import Index, Metric, Question, Survey
from reporting.domains import question_name
from reporting.scoring import Tally
from reporting.workbook import spec
from reporting.workbook.cells import ERROR, EXPLAIN, Cell, Problem
from reporting.workbook.records import Record
from reporting.workbook.texts import control_number, is_placeholder

VOLUMES = ("customers", "offered", "respondents")


class Surveys:
    """Built up from records; `problems` fills on the way."""

    def __init__(
        self,
        touchpoints: Iterable[Record],
        responses: Iterable[Record],
        *,
        all_numbered: bool = True,
        all_placed: bool = True,
    ) -> None:
        """`all_numbered`, `all_placed`: False when a sheet, or the columns that tie them, are missing."""
        self.problems: list[Problem] = []
        self.touchpoints: dict[int, Record] = {}
        self.responses: dict[int, dict[str, Record]] = {}  # by survey, then by domain
        self.all_numbered = all_numbered
        self.all_placed = all_placed  # every row of Responses says of which survey and which question it is
        for record in touchpoints:
            self._add_touchpoint(record)
        for record in responses:
            self._add_response(record)

    def _add_touchpoint(self, record: Record) -> None:
        number = record.values.get("survey")
        if number is None:
            self.all_numbered = False
        elif number in self.touchpoints:
            self._twice(f"Survey {number} stands twice.", "survey", record, self.touchpoints[number])
        else:
            self.touchpoints[number] = record

    def _add_response(self, record: Record) -> None:
        number, domain = record.values.get("survey"), record.values.get("domain")
        if number is None or domain is None:
            self.all_placed = False
            return
        if number not in self.touchpoints:
            self._without_touchpoint(number, record)
        elif domain in (of_survey := self.responses.setdefault(number, {})):
            found = f"{question_name(domain)} stands twice for survey {number}."
            self._twice(found, "domain", record, of_survey[domain])
        else:
            of_survey[domain] = record

    def _twice(self, found: str, place: str, record: Record, first: Record) -> None:
        self.problems.append(
            Problem(
                "row_twice",
                ERROR,
                found,
                "One row each.",
                "Clear one of the two rows, or correct its survey number or question.",
                cell=record.places[place],
                related=(first.places[place],),
            )
        )

    def _without_touchpoint(self, number: int, record: Record) -> None:
        """Wordings that were filled in beforehand do no harm; answers must not get lost."""
        if not self.all_numbered or not any(record.values.get(n) for n in spec.COUNTS):
            return
        self.problems.append(
            Problem(
                "survey_unknown",
                ERROR,
                f"Survey {number} has answers here, but no row on the sheet {spec.TOUCHPOINTS.name}.",
                f"A survey number that stands on the sheet {spec.TOUCHPOINTS.name}.",
                f"Fill in the row of survey {number} on {spec.TOUCHPOINTS.name}, or clear its answers.",
                cell=record.places["survey"],
            )
        )

    def build(self) -> tuple[Survey, ...]:
        return tuple(self._survey(number, record) for number, record in self.touchpoints.items())

    def _survey(self, number: int, record: Record) -> Survey:
        values = dict(record.values)
        note = values.pop("volume_notes", "")
        typed = values.pop("control_number", "")
        values.pop("survey")
        found = map(self._question, self.responses.get(number, {}).values())
        return Survey(
            service=values.pop("service", ""),
            service_provided=values.pop("service_provided", ""),
            control_number=control_number(typed),
            control_number_typed=typed,
            volume_notes={field: note for field in VOLUMES if note and values.get(field) is None},
            questions=tuple(question for question in found if question is not None),
            places=self._places(record),
            **values,
        )

    def _places(self, record: Record) -> dict[str, Cell]:
        """With `questions`, where it is known which questions the survey has a row for."""
        return {**record.places, **({"questions": record.places["survey"]} if self.all_placed else {})}

    def _question(self, record: Record) -> Question | None:
        values = record.values
        wording, notes = values.get("wording", ""), values.get("notes", "")
        counts = [values.get(n) for n in spec.COUNTS]
        answered = any(counts)
        if not answered and record.was_read(*spec.COUNTS, "wording") and is_placeholder(wording):
            wording = ""
        tally, no_data = None, "no_answers"
        if values.get("asked") is False:
            no_data = "not_asked"
            self._check_not_asked(record, answered)
        elif not record.was_read(*spec.COUNTS, "asked"):
            no_data = ""  # not known: a cell could not be read
        elif answered:
            tally, no_data = self._tally(record, counts), ""
        elif not wording:
            no_data = "not_asked"
        if no_data == "not_asked" and values.get("asked") is not False and not notes:
            return None
        return Question(values["domain"], wording, tally, no_data, notes, places=record.places)

    def _check_not_asked(self, record: Record, answered: bool) -> None:
        if not answered:
            return
        name = question_name(record.values["domain"])
        self.problems.append(
            Problem(
                "not_asked_with_answers",
                ERROR,
                f"{name} has answers, but Asked? says No.",
                "Answers only for questions that were asked.",
                "Choose Yes under Asked?, or clear the five counts.",
                cell=record.places["asked"],
                suggestion="Yes",
                label=f"{name} (survey {record.values['survey']})",
            )
        )

    def _tally(self, record: Record, counts: list[Any]) -> Tally | None:
        blank = [record.places[n] for n, count in zip(spec.COUNTS, counts, strict=True) if count is None]
        differs = record.total is not None and record.total != sum(count or 0 for count in counts)
        if blank:
            self.problems.append(_blank_counts(record, blank, counts if differs else []))
            return None
        if differs and record.total != counts[-1]:  # which is what stays there when a shifted row was put right
            self.problems.append(_total_differs(record, sum(counts)))
        return Tally(*counts)


def _blank_counts(record: Record, blank: list[Cell], counts: list[int | None]) -> Problem:
    """`counts`: where a number was typed over the total that is not their sum. Then 0 is not suggested: the row may
    have been pasted one column too far to the right, or the total says how many gave the answer that is blank."""
    name = question_name(record.values["domain"])
    found = f"{name} of survey {record.values['survey']} has answers, but {_of_five(len(blank))} blank."
    if counts:
        found += f" Under Total, {record.total:,} was typed, but the counts add up to {sum(map(_or_zero, counts)):,}."
    return Problem(
        "count_missing",
        ERROR,
        found,
        "All five counts.",
        _right_of_a_blank(record, counts) if counts else "Write 0 where nobody gave that answer.",
        cell=blank[0],
        suggestion="" if counts else "0",
        label=f"{name} (survey {record.values['survey']})",
        related=tuple(blank[1:]),
    )


def _or_zero(count: int | None) -> int:
    return count or 0


def _right_of_a_blank(record: Record, counts: list[int | None]) -> str:
    first, last = (record.places[n].address for n in (spec.COUNTS[0], spec.COUNTS[-1]))
    if counts[0] is None and None not in counts[1:] and record.total_at is not None:
        return (
            f"If the row was filled in one column too far to the right, move {record.places['n2'].address} to "
            f"{record.total_at.address} one column to the left, into {first} to {last}. If not, write how many people "
            "gave the answer that is blank, and clear the total."
        )
    return f"Compare {first} to {last} with your source: write how many people gave each answer, and clear the total."


def _total_differs(record: Record, computed: int) -> Problem:
    """To be explained, not refused: the total is not published, and only a person knows which of the two is right.
    Results of formulas are not compared: they are right, or older than the counts beside them."""
    name = question_name(record.values["domain"])
    total_at = (record.total_at,) if record.total_at else ()
    return Problem(
        "total_differs",
        EXPLAIN,
        f"Under Total, {record.total:,} was typed, but the five counts of {name} add up to {computed:,}.",
        "Five counts that add up to the total.",
        "Correct the counts, or clear the total, which is computed; or explain the difference.",
        cell=record.places["n1"],
        label=f"{name} (survey {record.values['survey']})",
        related=total_at,
    )


def _of_five(blank: int) -> str:
    return (
        "one of the five counts is" if blank == 1 else f"{('two', 'three', 'four')[blank - 2]} of the five counts are"
    )


def metric(record: Record) -> Metric | None:
    if not {"name", "value"} <= record.values.keys():
        return None
    return Metric(**record.values, places=record.places)


def index(record: Record) -> Index | None:
    if not {"name", "value"} <= record.values.keys():
        return None
    return Index(**record.values, places=record.places)
