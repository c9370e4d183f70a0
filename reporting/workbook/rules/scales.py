"""Checks of the scale on which people answered. How each scale becomes 1 to 5: docs/scales.md."""

import re
from collections.abc import Iterator

from reporting.contents import Survey
from reporting.domains import CONVERSIONS, SCALE_POINTS, SCALES
from reporting.workbook.cells import ERROR, EXPLAIN, Problem
from reporting.workbook.rules.fillers import says_nothing
from reporting.workbook.rules.findings import (
    Context,
    answered,
    answers_at,
    at,
    each,
    names,
    was_found,
    was_read,
    wordings_at,
)
from reporting.workbook.rules.patterns import filled, is_odd, is_other_scale
from reporting.workbook.rules.rule import rule

_TEN_POINT = re.compile(
    r"\b([01]|zero|one)\s*(to|-|–|through)\s*(10|ten)\b|\b(10|ten)[\s-]point\b|\bout of (10|ten)\b"
    r"|\b10\s*=\s*[a-z]",
    re.IGNORECASE,
)


@rule(
    EXPLAIN,
    looks_for="Only the answers 1 and 5, or 1, 3 and 5, in a survey that is said to be five-point; or an answer in "
    "between that nobody gave among hundreds.",
    why="People answered yes or no, or on three or four points. Such scores do not compare with five-point ones.",
    bad="63, 0, 0, 0 and 41 with the scale Five-point.",
    good="63, 0, 0, 0 and 41 with the scale Yes/no and the conversion “Yes = 5, No = 1”.",
    expected="The scale on which people answered.",
    fix="Choose it under Answer scale on Touchpoints and say how it was converted, or explain the counts.",
)
def other_scale(survey: Survey, context: Context) -> Iterator[Problem]:
    if survey.scale != "five_point" or not was_found(survey, "scale"):
        return
    found = [q for q in answered(survey) if is_other_scale(q) and not is_odd(q, survey)]
    if found:
        yield other_scale.finding(
            f"Not all of the five answers were ever given: {each(found)}. That looks like another scale.",
            answers_at(found),
            survey.label,
        )


@rule(
    EXPLAIN,
    looks_for="Answers that the declared scale does not have.",
    why="Either the scale is wrong, or the survey mixes scales, which belong in rows of their own.",
    bad="Scale Yes/no, and 12 answers of 3.",
    good="Scale Yes/no, and answers of 1 and 5 only.",
    expected="Answers that the scale can give.",
    fix="Correct the scale or the counts; report questions on another scale as a survey of their own, or explain.",
)
def scale_contradicted(survey: Survey, context: Context) -> Iterator[Problem]:
    points = SCALE_POINTS.get(survey.scale, ())
    found = [q for q in answered(survey) if points and not set(filled(q)) <= set(points) and not is_odd(q, survey)]
    if found:
        shown = " and ".join(map(str, points)) if len(points) == 2 else ", ".join(map(str, points))
        yield scale_contradicted.finding(
            f"The scale is {SCALES[survey.scale].lower()}, which becomes {shown}, but other answers were counted: "
            f"{each(found)}.",
            [*answers_at(found), *at(survey, "scale")],
            survey.label,
        )


@rule(
    EXPLAIN,
    looks_for="A question that speaks of a scale up to 10 in a survey that is said to be five-point.",
    why="Ten points become five by a conversion, and the conversion changes the score.",
    bad="“On a scale of 1 to 10 …” with the scale Five-point.",
    good="“On a scale of 1 to 10 …” with the scale Ten-point and its conversion.",
    expected="The scale on which people answered.",
    fix="Choose Ten-point under Answer scale on Touchpoints and say how it was converted, or explain it.",
)
def ten_point_wording(survey: Survey, context: Context) -> Iterator[Problem]:
    if survey.scale == "ten_point" or not was_found(survey, "scale"):
        return
    found = [q for q in answered(survey) if _TEN_POINT.search(q.wording)]
    if found:
        yield ten_point_wording.finding(
            f"The question speaks of a scale up to 10: {names(found)}.", wordings_at(found), survey.label
        )


@rule(
    ERROR,
    looks_for="A scale other than five-point without a conversion.",
    why="Nobody can judge a score whose conversion is not known. Scale and conversion are kept and shown beside it.",
    bad="Scale Ten-point, Conversion blank.",
    good=f"Scale Ten-point, “{CONVERSIONS['ten_point']}”.",
    expected="How answers were converted, such as “Yes = 5, No = 1”.",
    fix="Say under Conversion on Touchpoints how answers became 1 to 5.",
)
def conversion_missing(survey: Survey, context: Context) -> Iterator[Problem]:
    said = survey.conversion
    if survey.scale == "five_point" or not says_nothing(said) or not was_read(survey, "conversion"):
        return
    usual = CONVERSIONS.get(survey.scale, "")
    scale = SCALES.get(survey.scale, survey.scale).lower()
    which = f"the conversion says only “{said}”" if said else "it is not said how it became 1 to 5"
    yield conversion_missing.finding(
        f"The scale is {scale}, but {which}.",
        at(survey, "conversion", "scale"),
        survey.label,
        fix=f"{conversion_missing.fix} If it was the usual way, write “{usual}”." if usual else "",
        suggestion=usual,
    )
