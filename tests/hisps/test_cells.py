import pytest

from hisps.cells import neutral, plain


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\0"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe_and_loses_it_again(start):
    assert neutral(f"{start}1+1") == f"'{start}1+1"
    assert plain(f"'{start}1+1") == f"{start}1+1"


@pytest.mark.parametrize("value", ["", "1+1", "’tis", "'quoted'", -1, None])
def test_everything_else_stays_as_it_is(value):
    assert plain(value) == neutral(value) == value
