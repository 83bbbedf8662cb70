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
# Modules that a contract names, and the packages that they stand in.
NAMED = {
    "notes": ["speakers", "exporting"],
    "notes/contributions": ["holdings", "speaking", "telling", "thoughts"],
    "notes/models": ["speakers"],
    "themes/services": ["capturing", "importing", "taking"],
    "themes/views": ["exporting", "importing"],
    "themes/views/capturing": ["page"],
}


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
            if f"{name}/{module}" not in NAMED:
                (tmp_path / "apps" / name / f"{module}.py").touch()
    for package, modules in NAMED.items():
        (tmp_path / "apps" / package).mkdir(exist_ok=True)
        for module in ("__init__", *modules):
            (tmp_path / "apps" / package / f"{module}.py").touch()
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
        ("themes/services/__init__.py", "from apps.themes import views"),
        ("themes/views/__init__.py", "from apps.themes import api"),
        ("themes/services/__init__.py", "import rest_framework"),
        ("themes/models.py", "from celery import shared_task"),
    ],
)
def test_an_import_the_wrong_way_breaks_one(house, module, bad):
    (house / "apps" / module).write_text(bad + "\n")
    assert lint(house).returncode == 1


# Who said what isn't for memos, lists, search, exports and the API, by whatever way.
@pytest.mark.parametrize(
    ("module", "bad"),
    [
        ("memos/views.py", "from apps.notes import speakers"),
        ("memos/selectors.py", "from apps.notes.models.speakers import SpeakerLink"),
        ("agendas/selectors.py", "import apps.notes.speakers"),
        ("statements/api.py", "from apps.notes.models import speakers"),
        ("annotations/views.py", "def late():\n    from apps.notes import speakers"),
        ("themes/selectors.py", "from apps.notes.models import speakers"),
        ("themes/api.py", "from apps.notes.speakers import tell"),
        ("themes/api.py", "from apps.themes.services import capturing"),
        ("themes/services/__init__.py", "from apps.themes.services import capturing"),
        ("themes/services/__init__.py", "from apps.themes.services import taking"),
        ("themes/services/__init__.py", "from apps.themes.services import importing"),
        ("themes/views/exporting.py", "from apps.themes.services import importing"),
        ("notes/exporting.py", "from apps.notes import speakers"),
        ("notes/contributions/telling.py", "from apps.notes import speakers"),
        ("notes/contributions/thoughts.py", "from apps.notes import speakers"),
        ("notes/api.py", "from apps.notes import speakers"),
        ("notes/selectors.py", "from apps.notes import speakers"),
        ("notes/services.py", "from apps.notes.models.speakers import SpeakerLink"),
        ("notes/models/__init__.py", "from apps.notes.models import speakers"),
    ],
)
def test_an_import_of_who_said_what_breaks_one(house, module, bad):
    (house / "apps" / module).write_text(bad + "\n")
    assert lint(house).returncode == 1


def test_those_who_may_import_it_break_none(house):
    for module, good in {
        "notes/speakers.py": "from apps.notes.models.speakers import SpeakerLink",
        "notes/views.py": "from apps.notes import speakers",
        "notes/contributions/holdings.py": "from apps.notes import speakers",
        "notes/contributions/speaking.py": "from apps.notes import speakers",
        "themes/services/capturing.py": "from apps.notes import speakers",
        "themes/services/importing.py": "from apps.notes import speakers",
        "themes/views/importing.py": "from apps.themes.services import importing",
        "themes/services/taking.py": "from apps.themes.services import capturing",
        "themes/views/capturing/page.py": "from apps.themes.services import capturing, taking",
    }.items():
        (house / "apps" / module).write_text(good + "\n")
    result = lint(house)
    assert result.returncode == 0, result.stdout
