import pytest

from hisps import names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Office of Workers’ Compensation Programs", "Office of Workers' Compensation Programs."),
        ("Accessing  Social Security services online", " accessing social security services online"),
        ("Centers for Medicare & Medicaid Services", "Centers for Medicare and Medicaid Services"),
        ("Accessing “Beneficiary Services”", 'Accessing "Beneficiary Services"'),
        ("Field\xa0Operations", "Field Operations"),
    ],
)
def test_spellings_of_one_name_are_equal(one, other):
    assert names.key(one) == names.key(other)


def test_different_names_stay_different():
    assert names.key("Retirement Services") != names.key("Retirement Service")


@pytest.mark.parametrize("name", ["&" * 400, "ß" * 500, "A&B" * 160, "\U0001f3db" * 500])
def test_a_key_fits_where_it_is_kept_and_tells_names_apart(name):
    assert len(names.key(name)) <= names.LONGEST_KEY
    assert names.key(f"{name}x") != names.key(f"{name}y")
    assert names.key(f" {name}. ") == names.key(name)
