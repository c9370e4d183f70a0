"""LibreOffice, which opens and saves workbooks as other people's machines do."""

import subprocess
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

import pytest


def saved_again(data: bytes) -> bytes:
    """The workbook after LibreOffice opened and saved it."""
    program = which("soffice") or which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice was not found: make machine installs it.")
    with TemporaryDirectory() as folder:
        source = Path(folder, "workbook.xlsx")
        source.write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", f"{folder}/out", str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return Path(folder, "out", "workbook.xlsx").read_bytes()
