"""How apps add to pages of apps to their right."""

import pytest
from django.template import Context, Template

from apps.core import contributions
from apps.core.contributions import Panel, contribute, contributed


@pytest.fixture(autouse=True)
def _nothing_registered(monkeypatch):
    monkeypatch.setattr(contributions, "_providers", {})


def test_parts_come_in_order_and_only_to_whom_they_say_something():
    @contribute("page", order=20)
    def later(actor):
        yield "later"

    @contribute("page", order=10)
    def earlier(actor):
        if actor == "owner":
            yield from ("first", "second")

    assert contributed("page", actor="owner") == ["first", "second", "later"]
    assert contributed("page", actor="guest") == ["later"]
    assert contributed("elsewhere", actor="owner") == []


def test_a_panel_sees_the_page_and_the_page_does_not_see_the_panel():
    @contribute("page", order=10)
    def session_time(actor):
        yield Panel("components/messages.html", {"messages": ["Saved"], "own": "yes"})

    template = Template(
        '{% panels "page" actor=1 as parts %}{% for part in parts %}{% panel part %}{% endfor %}'
        "{{ own }}"
    )
    shown = template.render(Context({}))
    assert "Saved" in shown
    assert "yes" not in shown
