"""The models and the database say the same."""

from io import StringIO

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
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


def unchecked(fields, constraints):
    """Names of the fields of choices, or of lists of them, that no constraint holds to them."""
    checked = " ".join(
        str(c.condition) for c in constraints if isinstance(c, models.CheckConstraint)
    )
    lookups = {
        field.name: "contained_by" if isinstance(field, ArrayField) else "in"
        for field in fields
        if getattr(field, "base_field", field).choices
    }
    return [name for name, lookup in lookups.items() if f"'{name}__{lookup}'" not in checked]


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_a_field_of_choices_is_held_to_them_by_the_database(model):
    assert unchecked(model._meta.fields, model._meta.constraints) == []


def test_the_check_finds_choices_that_nothing_holds():
    choices = [("a", "A")]
    one = models.CharField(choices=choices)
    several = ArrayField(models.CharField(choices=choices))
    free = ArrayField(models.CharField())
    for name, field in {"one": one, "several": several, "free": free}.items():
        field.name = name
    held = models.CheckConstraint(condition=models.Q(one__in=["a"]), name="one_known")
    assert unchecked([one, several, free], []) == ["one", "several"]
    assert unchecked([one, several, free], [held]) == ["several"]
