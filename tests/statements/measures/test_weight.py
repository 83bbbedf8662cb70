"""What a request imports stays light."""

import subprocess
import sys

import pytest
from django.conf import settings

LIGHT = [
    "certainty", "claims", "counts", "five_point", "groups", "ordering", "proportions", "results",
    "rounds", "routing", "sentences", "suppression", "verdicts",
]  # fmt: skip
HEAVY = ["numpy", "scipy", "sklearn", "django.db"]
ASK = "import sys, importlib; importlib.import_module(sys.argv[1]); print(*sys.modules)"


@pytest.mark.parametrize("module", LIGHT)
def test_no_large_library_comes_with_it(module):
    name = f"apps.statements.measures.{module}"
    found = subprocess.run(
        [sys.executable, "-c", ASK, name],
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    assert name in found
    assert not set(HEAVY) & set(found)
