"""The committed schema is the one that the API answers to."""

import difflib

import pytest
import yaml
from django.conf import settings
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema

COMMITTED = settings.BASE_DIR / "docs" / "api-schema.yaml"


@pytest.fixture(scope="module")
def generated():
    with GENERATOR_STATS.silence():
        schema = SchemaGenerator().get_schema(request=None, public=True)
    return OpenApiYamlRenderer().render(schema, renderer_context={}).decode()


def differences(committed: str, generated: str) -> str:
    """Return what a stale schema lacks, as a diff; empty when it is up to date."""
    return "".join(difflib.unified_diff(committed.splitlines(True), generated.splitlines(True)))


def test_the_committed_schema_is_up_to_date(generated):
    assert differences(COMMITTED.read_text(), generated) == "", "Run: make schema"


@pytest.mark.parametrize("ask", ["", "?format=json", "?version=v9", "?lang=de"])
def test_everybody_is_served_the_committed_bytes(client, ask):
    answer = client.get(f"/api/v1/schema/{ask}", headers={"accept": "application/json"})
    assert answer.status_code == 200
    assert answer.content == COMMITTED.read_bytes()
    assert "openapi" in answer.headers["Content-Type"]


def test_the_image_holds_it():
    assert "!docs/api-schema.yaml" in (settings.BASE_DIR / ".dockerignore").read_text()
    assert "COPY docs/api-schema.yaml" in (settings.BASE_DIR / "Dockerfile").read_text()


def test_the_check_finds_a_stale_schema(generated):
    assert differences(generated.replace("text:", "texts:"), generated)


def test_the_schema_is_valid_openapi(generated):
    validate_schema(yaml.safe_load(generated))


def test_generating_it_warns_of_nothing():
    GENERATOR_STATS.reset()
    SchemaGenerator().get_schema(request=None, public=True)
    assert list(GENERATOR_STATS._warn_cache) + list(GENERATOR_STATS._error_cache) == []
