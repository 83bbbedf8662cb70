"""The models and the database say the same."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

pytestmark = pytest.mark.django_db
OURS = [model for model in apps.get_models() if model.__module__.startswith("apps.")]


def test_no_migration_is_pending():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_the_check_finds_a_pending_migration():
    loader = MigrationLoader(None)
    state = ProjectState.from_apps(apps)
    changed: ModelState = state.models["workshops", "workshop"]
    changed.fields["forgotten"] = models.TextField(default="")
    found = MigrationAutodetector(loader.project_state(), state).changes(loader.graph)
    assert found.keys() == {"workshops"}


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_a_field_of_choices_is_held_to_them_by_the_database(model):
    checked = " ".join(
        str(c.condition) for c in model._meta.constraints if isinstance(c, models.CheckConstraint)
    )
    unchecked = [
        field.name
        for field in model._meta.fields
        if field.choices and f"{field.name}__in" not in checked
    ]
    assert unchecked == []
