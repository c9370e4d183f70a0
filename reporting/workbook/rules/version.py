"""The name of today's checks, kept with every upload: it changes when a check, or the reading before it, changes.

It is made from the sources of `parse` and `rules` and of every module of ours that they import, taken as syntax trees:
comments, docstrings, layout and line breaks do not count, the texts of problems do. Not in it: how reporting.checked
puts the two together, the registry, last quarter's figures, settings, the versions of Python and of openpyxl. So the
same sources have the same name on every machine. Python 3.11 and later are expected to build the same tree; where one
did not, the name alone would differ.
"""

import ast
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[3]
_DECIDES = ("reporting.workbook.parse", "reporting.workbook.rules")
_DIGITS = 8


@cache
def rules_version() -> str:
    """Eight hexadecimal digits; made once per process, in about 0.1 s."""
    return digest({name: path.read_text("utf-8") for name, path in sorted(_sources().items())})


def digest(sources: dict[str, str]) -> str:
    """Of modules by their name."""
    made = sha256()
    for name, source in sources.items():
        made.update(f"{name}\n{_tree(ast.parse(source))}\n".encode())
    return made.hexdigest()[:_DIGITS]


def _sources() -> dict[str, Path]:
    """Every module of ours that the result hangs on: name -> file."""
    found: dict[str, Path] = {}
    waiting = list(_DECIDES)
    while waiting:
        name = waiting.pop()
        path = _file(name)
        if path is not None and name not in found:
            found[name] = path
            waiting += _imported(ast.parse(path.read_text("utf-8")))
    return found


def _file(module: str) -> Path | None:
    """None for a module that is not ours, and for what is no module but a name in one."""
    place = _ROOT.joinpath(*module.split("."))
    files = (place.with_suffix(".py"), place / "__init__.py")
    return next((file for file in files if module.startswith("reporting.") and file.is_file()), None)


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _tree(node: object) -> str:
    """The tree as text. `ast.dump` would not do: what it prints of empty fields differs between versions of Python."""
    if isinstance(node, list):
        return f"[{','.join(map(_tree, node))}]"
    if not isinstance(node, ast.AST):
        return ascii(node)
    fields = [(name, value) for name, value in ast.iter_fields(node) if value is not None and value != []]
    told = (f"{name}={_tree(value[1:] if _starts_with_docstring(node, name) else value)}" for name, value in fields)
    return f"{type(node).__name__}({','.join(told)})"


def _starts_with_docstring(node: ast.AST, field: str) -> bool:
    if field != "body" or not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
        return False
    return ast.get_docstring(node, clean=False) is not None
