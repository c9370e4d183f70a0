"""A database and a folder for uploads that end with the run."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory


@contextmanager
def temporary() -> Iterator[None]:
    """Nothing that imports a model may be imported before. The secret is the one that the tests' templates know."""
    from tests.reporting.workbook.workbooks import SECRET

    with TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "MEDIA_ROOT": folder,
            "SECRET_KEY": SECRET,
            "DEBUG": "false",
        }
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        yield
