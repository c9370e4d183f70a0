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
