"""gunicorn, nginx and wrk on the loopback, as production has them: two sync workers."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from tests.bench.place import ROOT

WORKERS = 2
_SECONDS, _CONNECTIONS = 4, 8


def missing() -> str:
    """A sentence; empty when both programs are here."""
    absent = [name for name in ("wrk", "nginx") if not shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")]
    return f"Not found: {', '.join(absent)}. On Debian: apt-get install wrk nginx-light" if absent else ""


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    def cpu(self) -> float:
        """Seconds that it and its children have spent."""
        return sum(_spent(pid) for pid in (self.pid, *_children(self.pid)))

    def running(self) -> float:
        """The same to the microsecond, of the first thread of each alone."""
        pids = (self.pid, *_children(self.pid))
        return sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in pids) / 1e9

    def wait_until_idle(self) -> None:
        """Until every worker is up and waits for requests."""
        spent = -1.0
        while (now := self.cpu()) != spent:
            spent = now
            time.sleep(0.5)

    def get(self, address: str = "/", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers by lower-case name, body."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", address, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body

    def cost(self, headers: Mapping[str, str]) -> float:
        """CPU seconds of one request for the first page, among as many as wrk can ask."""
        command = ["wrk", "-t1", f"-c{_CONNECTIONS}", f"-d{_SECONDS}s"]
        for name, value in headers.items():
            command += ["-H", f"{name}: {value}"]
        before = self.cpu()
        told = subprocess.run(
            [*command, f"http://127.0.0.1:{self.port}/"], check=True, stdout=subprocess.PIPE, text=True
        ).stdout
        spent = self.cpu() - before
        assert "Non-2xx" not in told, told
        return spent / int(next(line.split()[0] for line in told.splitlines() if " requests in " in line))


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _spent(pid: int) -> float:
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def gunicorn(application: str, **environment: str) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", application, "--config", "config/gunicorn.py"]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--log-level", "warning"]
    with _running(subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}), port) as server:
        yield server


@contextmanager
def nginx(folder: Path, locations: str, outside: str = "") -> Iterator[Server]:
    port = free_port()
    (folder / "nginx.conf").write_text(
        f"worker_processes 1; daemon off; pid {folder}/pid; error_log stderr error;\n"
        "events { worker_connections 512; }\n"
        f"http {{ access_log off; types {{ text/html html; }} {outside}\n"
        f"server {{ listen 127.0.0.1:{port}; {locations} }} }}\n"
    )
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or "nginx"
    command = [program, "-p", str(folder), "-c", "nginx.conf"]
    with _running(subprocess.Popen(command, stderr=subprocess.DEVNULL), port) as server:
        yield server


@contextmanager
def _running(process: "subprocess.Popen[bytes]", port: int) -> Iterator[Server]:
    try:
        _wait(port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"Nothing listens on port {port}.")
