"""Making a workshop of a file, on pages: what it holds is said before anything is saved."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.memos.workshop_file import LARGEST, as_bytes
from apps.memos.workshop_file.example import example
from apps.workshops.models import Role, Workshop
from tests.factories import UserFactory
from tests.workshop_file.conftest import NAMES, reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client):
    client.force_login(UserFactory(name="Ana"))
    return client


def send(client, data):
    file = SimpleUploadedFile("workshop.json", data, content_type="application/json")
    return client.post(reverse("memos:load_workshop"), {"file": file})


def test_a_workshop_is_made_after_a_look(signed_in):
    page = send(signed_in, as_bytes({**example(), "weather": {"sun": "<b>fine</b>"}}))
    told = page.content.decode()
    assert page.status_code == 200
    assert "19 annotations" in told
    assert "124 notes" in told
    assert "has no place here" in told
    assert not Workshop.objects.exists()
    content = page.context["form"].initial["content"]
    done = signed_in.post(reverse("memos:load_workshop"), {"content": content, "load": "1"})
    workshop = Workshop.objects.get()
    assert done["Location"] == reverse("workshops:overview", args=[workshop.slug])
    assert workshop.participants.get(role=Role.OWNER).user.name == "Ana"
    assert workshop.notes.count() == 124
    kept = signed_in.get(reverse("memos:workshop_file", args=[workshop.slug])).content.decode()
    assert "File · weather" in kept
    assert "&lt;b&gt;fine&lt;/b&gt;" in kept


def test_what_is_wrong_is_told_by_its_place(signed_in):
    data = example()
    data["themes"][2]["title"] = ""
    page = send(signed_in, json.dumps(data).encode())
    assert page.status_code == 422
    assert "<code>themes[2].title</code> is needed." in page.content.decode()
    assert not Workshop.objects.exists()


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b'{"workshop": 1}'])
def test_anything_else_is_answered_in_words(signed_in, data):
    page = send(signed_in, data)
    assert page.status_code == 422
    assert not Workshop.objects.exists()


def test_one_that_is_too_large_is_refused(signed_in):
    page = send(signed_in, b" " * (LARGEST + 1))
    assert page.status_code == 413
    assert "is larger than" in page.content.decode()


def test_what_is_sent_on_is_read_again(signed_in):
    page = signed_in.post(reverse("memos:load_workshop"), {"content": "{}", "load": "1"})
    assert page.status_code == 422


@pytest.mark.parametrize("name", NAMES)
def test_the_references_are_read_on_the_page(signed_in, name):
    content = reference(name)
    page = send(signed_in, as_bytes(content))
    assert f"{len(content['annotations'])} annotations" in page.content.decode()
    assert page.status_code == 200
