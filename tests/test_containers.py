"""Holds the container files, which no engine runs here, against the settings, the URLs and the tree they name."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands
from django.urls import resolve
from packaging.specifiers import SpecifierSet
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(COMPOSE_TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def copied_from_the_repository() -> list[str]:
    lines = re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
    return [source for line in lines for source in line.split()[:-1]]


def variables_of_the_settings() -> set[str]:
    return set(re.findall(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"', (ROOT / "config/settings.py").read_text()))


def variables_of_the_example() -> set[str]:
    return set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def addresses_of_health_checks() -> list[str]:
    return re.findall(r"http://127\.0\.0\.1(?::\d+)?(/\w+)", DOCKERFILE + COMPOSE_TEXT)


def test_every_copied_path_exists():
    assert [source for source in copied_from_the_repository() if not (ROOT / source).exists()] == []


def test_every_copied_path_is_in_git():
    ignored = {line.strip("/") for line in (ROOT / ".gitignore").read_text().splitlines()}
    assert ignored.isdisjoint(copied_from_the_repository())


def test_no_copied_path_is_kept_from_the_build():
    kept_out = set((ROOT / ".dockerignore").read_text().splitlines())
    assert kept_out.isdisjoint(copied_from_the_repository())


def test_the_image_holds_every_app_of_this_repository():
    apps = {name.split(".")[0] for name in settings.INSTALLED_APPS}
    ours = {app for app in apps if (ROOT / app).is_dir()}
    assert ours | {"config", "templates", "static", "manage.py"} <= set(copied_from_the_repository())


def test_python_of_the_image_is_one_the_project_supports():
    supported = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    version = re.search(r"^FROM python:([\d.]+)", DOCKERFILE, re.MULTILINE)
    assert version
    assert Version(version[1]) in SpecifierSet(supported)


def test_the_image_does_not_run_as_root():
    users = re.findall(r"^USER (\w+)$", DOCKERFILE, re.MULTILINE)
    assert users
    assert users[-1] != "root"


def test_the_image_serves_an_application_that_exists():
    assert '"config.wsgi"' in DOCKERFILE
    assert settings.WSGI_APPLICATION == "config.wsgi.application"


@pytest.mark.parametrize("service", ["db", "web", "proxy"])
def test_a_running_service_has_a_health_check(service: str):
    assert SERVICES[service]["healthcheck"]["test"]


def test_web_waits_for_the_database_and_its_migrations():
    assert SERVICES["web"]["depends_on"] == {
        "db": {"condition": "service_healthy"},
        "migrate": {"condition": "service_completed_successfully"},
    }


def test_a_new_release_brings_its_migrations_and_its_roles():
    shell, flag, script = SERVICES["migrate"]["command"]
    assert (shell, flag) == ("sh", "-c")
    steps = [step.split()[:3] for step in script.split(" && ")]
    assert steps == [["python", "manage.py", name] for name in ("migrate", "sync_roles")]
    assert {name for _, _, name in steps} <= set(get_commands())


def test_mail_is_sent_by_a_command_that_exists_and_is_started_again():
    service = SERVICES["mail"]
    assert service["command"] == ["python", "manage.py", "send_mail", "--loop"]
    assert "send_mail" in get_commands()
    assert service["restart"] == "unless-stopped"
    assert service["depends_on"] == SERVICES["web"]["depends_on"]


def test_readme_names_commands_that_exist_for_a_new_installation():
    named = re.findall(r"manage\.py (\w+)", (ROOT / "README.md").read_text())
    assert {"load_registry", "createsuperuser"} <= set(named) <= set(get_commands())


def test_every_health_check_asks_a_page_that_exists():
    paths = addresses_of_health_checks()
    assert len(paths) == 3
    for path in paths:
        resolve(path)


def test_compose_sets_only_variables_that_the_settings_read():
    assert set(SERVICES["web"]["environment"]) <= variables_of_the_settings()


def test_example_lists_exactly_the_variables_that_the_settings_read():
    assert variables_of_the_example() == variables_of_the_settings()


@pytest.mark.parametrize("name", ["SECRET_KEY", "POSTGRES_PASSWORD"])
def test_a_secret_has_no_default(name: str):
    uses = re.findall(rf"\$\{{{name}([^}}]*)\}}", COMPOSE_TEXT)
    assert uses
    assert all(use.startswith(":?") for use in uses)


def test_every_volume_is_declared():
    mounts = [mount for service in SERVICES.values() for mount in service.get("volumes", [])]
    assert {mount.split(":")[0] for mount in mounts} == set(COMPOSE["volumes"])


def test_uploads_outlive_the_container():
    media_root = SERVICES["web"]["environment"]["MEDIA_ROOT"]
    assert f"uploads:{media_root}" in SERVICES["web"]["volumes"]


def test_proxy_lets_the_largest_workbook_through():
    limit = re.search(r"client_max_body_size (\d+)m", COMPOSE_TEXT)
    assert limit
    assert int(limit[1]) * 1024 * 1024 > settings.UPLOAD_MAX_BYTES


def test_proxy_serves_the_port_that_the_application_listens_on():
    assert "http://web:8000" in COMPOSE["configs"]["proxy"]["content"]
    assert '"0.0.0.0:8000"' in DOCKERFILE
