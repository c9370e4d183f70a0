"""“What we check” is complete: nothing is told that is not listed, nothing is listed that is never told."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from reporting.history.checks import GROUP as HISTORY
from reporting.workbook import rules
from reporting.workbook.catalog import CHECKS, GROUPS
from reporting.workbook.cells import SEVERITIES
from reporting.workbook.check import Check

ROOT = Path(settings.BASE_DIR) / "reporting"
TELLERS = {"Problem", "Remark", "Slip", "refused", "problem", "report"}  # whose first argument is a rule
ALL = [*CHECKS.values(), *HISTORY.checks]


def _constants(node: ast.AST) -> Iterator[str]:
    """The texts that an argument can be: of "a", and of "a" if … else "b"."""
    for part in [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]:
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _told_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in TELLERS:
                named = [keyword.value for keyword in node.keywords if keyword.arg == "rule"]
                for argument in (node.args[:1] or named) if name != "Problem" else (named or node.args[:1]):
                    yield from _constants(argument)
        elif isinstance(node, ast.Return | ast.Assign | ast.AnnAssign) and node.value is not None:
            yield from _in_tuples(node)


def _in_tuples(node: ast.Return | ast.Assign | ast.AnnAssign) -> Iterator[str]:
    """Rules that travel in a tuple, in a table of formats, or in a variable called rule."""
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    name = getattr(target, "id", "")
    if name == "rule" and node.value is not None:
        yield from _constants(node.value)
    if name == "_SIGNATURES" and isinstance(node.value, ast.Tuple):
        yield from (text for row in node.value.elts for text in _constants(row.elts[1]))  # type: ignore[attr-defined]
    if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 3:
        yield from (text for text in _constants(node.value.elts[0]) if text)


def _told(*folders: str, but: tuple[str, ...] = ()) -> set[str]:
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return {rule for path in paths if not {*but} & {path.stem, path.parent.stem} for rule in _told_in(path)}


def test_every_check_that_is_made_while_reading_is_listed_and_none_besides() -> None:
    told = _told("workbook", "management", but=("catalog", "rules", "check"))

    assert told == {name for group in GROUPS[:3] for name in (check.name for check in group.checks)}


def test_every_check_of_published_files_is_listed_and_none_besides() -> None:
    assert _told("history", but=("checks",)) == {check.name for check in HISTORY.checks}


def test_every_rule_that_is_run_is_listed_and_none_besides() -> None:
    run = {rule.name for rule in (*rules.FOR_THE_WHOLE, *rules.FOR_EACH_SURVEY)}

    assert run == {check.name for group in GROUPS[3:] for check in group.checks}


def test_rules_tell_nothing_but_by_their_own_name() -> None:
    assert _told("workbook/rules") == set()


def test_every_rule_that_is_written_is_run() -> None:
    modules = [
        rules.answers,
        rules.details,
        rules.questions,
        rules.repeats,
        rules.scales,
        rules.unanswered,
        rules.volumes,
        rules.whole,
        rules.wordings,
    ]
    written = {
        id(value): value for module in modules for value in vars(module).values() if isinstance(value, rules.Rule)
    }

    assert {rule.name for rule in written.values()} == {r.name for r in (*rules.FOR_THE_WHOLE, *rules.FOR_EACH_SURVEY)}


@pytest.mark.parametrize("check", ALL, ids=lambda check: check.name)
def test_check_says_in_full_what_it_is(check: Check) -> None:
    assert check.severity in SEVERITIES
    for sentence in (check.looks_for, check.why, check.fix):
        assert sentence[0].isupper()
        assert sentence.endswith("."), sentence
    assert check.bad != check.good


def test_names_are_told_apart() -> None:
    names = [check.name for group in GROUPS for check in group.checks]

    assert len(names) == len(set(names))
