"""A database and a folder for uploads that end with the run."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def temporary(database: str = "", **more: str) -> Iterator[str]:
    """Nothing that imports a model may be imported before. The secret is the one that the tests' templates know.
    `database`: the address of an empty one, for SQLite in the folder, which is given back."""
    from tests.reporting.workbook.workbooks import SECRET

    with TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": database or f"sqlite:///{folder}/bench.sqlite3",
            "MEDIA_ROOT": folder,
            "CACHE_URL": f"filecache://{folder}/cache",
            "STATIC_ROOT": f"{folder}/static",
            "SECRET_KEY": SECRET,
            "DEBUG": "false",
            **more,
        }
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        yield folder


def on_postgres(room: str) -> Any:
    """What `python -m tests.bench.ROOM` prints as JSON, run against a cluster of its own."""
    return apart(room, str(ROOT / ".ci" / "postgres"))


def apart(room: str, *within: str) -> Any:
    """The same with a database file of its own."""
    command = [*within, sys.executable, "-m", f"tests.bench.{room}"]
    run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    return json.loads(run.stdout.splitlines()[-1])


def collected() -> None:
    """Static files as production has them."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["material-icons", "scss"])
