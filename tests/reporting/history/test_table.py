import pytest

from reporting.history.table import Table, read

REQUIRED = ("name", "count")


def problems(data: bytes) -> list[tuple[str, str]]:
    return [(problem.rule, str(problem.cell or "")) for problem in read(data, "file.csv", REQUIRED).problems]


def table(text: str) -> Table:
    return read(text.encode(), "file.csv", REQUIRED, ("note",))


def test_other_columns_are_left_out():
    assert table("id,name,count\n1,a,2\n").lines[0].values == {"name": "a", "count": "2"}


def test_line_numbers_count_line_breaks_inside_texts():
    text = 'name,count\n"a\nb",1\n\nc,2\n'
    assert [line.number for line in table(text).lines] == [2, 5]


def test_missing_columns_are_all_named():
    assert table("note\nx\n").problems[0].found == "The file has no column name, count."


def test_column_that_stands_twice_is_refused():
    assert problems(b"name,count,attributes_name\na,1,b\n") == [("column_twice", "")]


def test_line_with_another_number_of_fields_is_named_and_the_rest_is_read():
    assert problems(b"name,count\na\nb,1\nc,2,3\n") == [("field_count", "line 2"), ("field_count", "line 4")]


def test_quotation_mark_that_is_never_closed_names_the_line_it_is_on():
    assert problems(b'name,count\na,1\n"b,2\nc,3\n') == [("broken_quotes", "line 3")]


def test_quotation_mark_inside_a_text_is_named():
    assert problems(b'name,count\n"a"b,1\n') == [("broken_quotes", "line 2")]


def test_text_too_long_to_be_one_is_named():
    assert problems(b"name,count\n" + b"x" * 200_000 + b",1\n") == [("broken_quotes", "line 2")]


def test_nul_byte_is_named():
    assert problems(b"name,count\na\0,1\n") == [("nul_byte", "line 2, name")]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "empty_file"),
        (b"name,count\n", "no_rows"),
        ("name,count\né,1\n".encode("latin-1"), "not_utf8"),
        ("name,count\na,1\n".encode("utf-16"), "not_utf8"),
        (b"PK\x03\x04rest of a workbook", "not_csv"),
        (b"\xd0\xcf\x11\xe0an old workbook", "not_csv"),
    ],
)
def test_file_that_is_no_table_is_a_sentence(data: bytes, rule: str):
    assert problems(data) == [(rule, "")]
