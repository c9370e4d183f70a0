"""Words that stand where something is wanted and say nothing: “TBD”, “n/a”, “x”, 0000-0000. They count as blank."""

import unicodedata
from dataclasses import replace

from reporting.contents import Contents, Survey
from reporting.workbook.texts import is_placeholder, key


def says_nothing(text: str) -> bool:
    """Blank, a filler, or a single letter. Everything else passes: whether it is a good answer is for people."""
    has_picture = any(unicodedata.category(character) == "So" for character in text)
    return not has_picture and (is_placeholder(text) or len(key(text)) < 2)


def is_no_number(control_number: str) -> bool:
    """0000-0000 and the like, typed so that something stands there."""
    digits = control_number.replace("-", "")
    return len(set(digits)) < 2


def without_fillers(contents: Contents) -> Contents:
    """What is kept and published: nobody should read “TBD” where an agency says what it learned."""
    reflection = "" if says_nothing(contents.reflection) else contents.reflection
    return replace(contents, reflection=reflection, surveys=tuple(map(_without, contents.surveys)))


def _without(survey: Survey) -> Survey:
    notes = {field: note for field, note in survey.volume_notes.items() if not says_nothing(note)}
    number = "" if is_no_number(survey.control_number) else survey.control_number
    return replace(survey, volume_notes=notes, control_number=number)
