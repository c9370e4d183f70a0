from collections import Counter

from reporting.workbook import dictionary, looks, spec


def test_every_entry_of_a_list_says_something_of_its_own() -> None:
    said = Counter(entry.meaning for entry in dictionary.lists())

    assert [meaning for meaning, times in said.items() if times > 1] == []


def test_words_of_the_template_are_spelled_as_in_the_united_states() -> None:
    words = [looks.LEGEND, *(sheet.intro for sheet in spec.INPUT_SHEETS)]
    words += [entry.meaning + entry.holds for entry in (*dictionary.columns(), *dictionary.lists())]

    assert not [text for text in words if "grey" in text.lower()]
