"""Imports point one way; the contracts can fail."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

CONTRACTS = settings.BASE_DIR / ".importlinter"
LAYERS = [
    "memos",
    "agendas",
    "statements",
    "annotations",
    "themes",
    "notes",
    "participants",
    "workshops",
    "accounts",
    "core",
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [command, "--config", CONTRACTS, "--no-cache"],
        cwd=folder, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(folder)},
    )  # fmt: skip


@pytest.fixture
def house(tmp_path):
    """A house of empty rooms, built like ours."""
    for package in ["config", *[f"apps/{name}" for name in LAYERS]]:
        (tmp_path / package).mkdir(parents=True)
        (tmp_path / package / "__init__.py").touch()
    (tmp_path / "apps" / "__init__.py").touch()
    for name in LAYERS:
        for module in ("urls", "views", "api", "services", "selectors", "rules", "models"):
            (tmp_path / "apps" / name / f"{module}.py").touch()
    return tmp_path


def test_our_imports_keep_the_contracts():
    result = lint(settings.BASE_DIR)
    assert result.returncode == 0, result.stdout


def test_an_empty_house_keeps_them_too(house):
    result = lint(house)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("module", "bad"),
    [
        ("core/models.py", "import apps.workshops.models"),
        ("notes/services.py", "def late():\n    from apps.themes import models"),
        ("themes/selectors.py", "from apps.themes import services"),
        ("themes/models.py", "from apps.themes import rules"),
        ("themes/services.py", "from apps.themes import views"),
        ("themes/views.py", "from apps.themes import api"),
        ("themes/services.py", "import rest_framework"),
        ("themes/models.py", "from celery import shared_task"),
    ],
)
def test_an_import_the_wrong_way_breaks_one(house, module, bad):
    (house / "apps" / module).write_text(bad + "\n")
    assert lint(house).returncode == 1
