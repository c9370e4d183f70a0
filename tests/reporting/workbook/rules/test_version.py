"""The checks' name changes with what they decide, and with nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reporting.workbook.rules import version
from reporting.workbook.rules.version import digest, rules_version

RULE = '''"""What this is for."""

LIMIT = 200  # published figures have more


def few(answers):
    """Whether there are few."""
    return (
        answers < LIMIT
    )
'''


@pytest.mark.parametrize(
    "rewritten",
    [
        "LIMIT = 200\ndef few(answers): return answers < LIMIT",
        RULE.replace("published figures have more", "measured in 2021"),
        RULE.replace("What this is for.", "Something else."),
        RULE.replace("Whether there are few.", "True for few."),
    ],
)
def test_name_stays_when_only_comments_and_layout_change(rewritten: str) -> None:
    assert digest({"few": rewritten}) == digest({"few": RULE})


@pytest.mark.parametrize(
    "changed",
    [
        RULE.replace("200", "300"),
        RULE.replace("<", "<="),
        RULE.replace("LIMIT\n", "LIMIT or None\n"),
        RULE.replace("def few(answers)", "def few(answers=None)"),
    ],
)
def test_name_changes_when_a_check_decides_otherwise(changed: str) -> None:
    assert digest({"few": changed}) != digest({"few": RULE})


def test_name_changes_when_a_module_joins() -> None:
    assert digest({"few": RULE, "many": ""}) != digest({"few": RULE})


def test_name_is_short_and_the_same_in_another_process() -> None:
    root = Path(__file__).resolve().parents[4]
    program = "from reporting.workbook.rules.version import rules_version; print(rules_version())"
    environment = os.environ | {"PYTHONHASHSEED": "7"}
    other = subprocess.run(
        [sys.executable, "-c", program], cwd=root, env=environment, capture_output=True, text=True, check=True
    )

    assert other.stdout.strip() == rules_version()
    assert len(rules_version()) == 8


@pytest.mark.parametrize(
    "module",
    [
        "reporting.domains",
        "reporting.scoring",
        "reporting.workbook.guard",
        "reporting.workbook.numbers",
        "reporting.workbook.parse",
        "reporting.workbook.rules",
        "reporting.workbook.rules.answers",
        "reporting.workbook.rules.repeats",
        "reporting.workbook.spec",
    ],
)
def test_reading_and_checking_are_in_the_name(module: str) -> None:
    assert module in version._sources()


@pytest.mark.parametrize(
    "module", ["reporting.workbook.generate", "reporting.workbook.looks", "reporting.workbook.rules.version"]
)
def test_what_decides_nothing_is_not_in_the_name(module: str) -> None:
    assert module not in version._sources()
