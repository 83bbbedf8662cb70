"""Three real workshops, encoded before there was a format: all that they say comes back."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import escape

from apps.core.documents.sections import plain
from tests.workshop_file.conftest import NAMES, again, loaded, reference

pytestmark = pytest.mark.django_db


def missing(said: Any, found: Any, path: str = "") -> list[str]:
    """Return the places where `found` doesn't say what `said` does; ids that are added are none."""
    if isinstance(said, dict) and isinstance(found, dict):
        return [
            place
            for name, value in said.items()
            for place in missing(value, found.get(name), f"{path}.{name}")
        ]
    if isinstance(said, list) and isinstance(found, list) and len(said) == len(found):
        return [
            place
            for n, (one, other) in enumerate(zip(said, found, strict=True))
            for place in missing(one, other, f"{path}[{n}]")
        ]
    return [] if said == found else [f"{path}: {said!r} came back as {found!r}"]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_lost(name):
    content = reference(name)
    found = again(loaded(content))
    assert missing(plain(content), plain(found)) == []


def test_what_sources_say_has_its_place():
    network = loaded(reference("network-management")).workshop
    assert "never printed" in network.number_present_note
    assert network.sessions.get(title="Survey and outreach results").day.isoformat() == "2024-12-04"
    assert "edited the list live" in network.sessions.get(title="Key takeaways").became
    assert network.memos.get().disclaimer.startswith("views are the participants'")
    after = network.outcomes.get(owner="program committee")
    assert after.horizon == "after the workshop"
    under = network.outcomes.filter(listed_under__title="Ecosystem conclusions")
    assert under.count() == 6
    crystals = loaded(reference("serial-crystallography")).workshop
    assert "23 to 27 July" in crystals.dates_note
    asked = crystals.guiding_questions.get(text__startswith="Are kilohertz")
    assert (asked.origin, asked.session.title[:19]) == ("framing", "What we are missing")
    assert crystals.annotations.filter(modality="could").exists()


def test_the_outline_points_out_the_themes_that_hold_what_their_section_denies(client):
    owner = loaded(reference("security-partnerships"))
    client.force_login(owner.user)
    page = client.get(reverse("themes:outline", args=[owner.workshop.slug])).content.decode()
    rows = {
        title: page.split(f">{title}</a>", 1)[1].split("</li>", 1)[0].split("<ol>", 1)[0]
        for title in map(escape, owner.workshop.themes.values_list("title", flat=True))
    }
    assert {title for title, row in rows.items() if "shape-warn" in row} == {
        "Carrots, Sticks, or Something Else?", "Influence", "Legitimacy &amp; Consistency"
    }  # fmt: skip
    assert "but it holds a divergence" in rows["Carrots, Sticks, or Something Else?"]
    assert "although it holds a consensus" in rows["Influence"]
    assert "although it holds a consensus" in rows["Legitimacy &amp; Consistency"]
