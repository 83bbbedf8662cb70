"""Templates only show: nothing inline, nothing from elsewhere."""

import pytest
from django.conf import settings
from django.template import engines

from tests.architecture.markup import objections

FOLDER = settings.BASE_DIR / "templates"
TEMPLATES = sorted(path for path in FOLDER.rglob("*") if path.suffix in {".html", ".txt"})


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(FOLDER)))
def test_a_template_holds_nothing_inline_and_nothing_foreign(path):
    assert objections(path.read_text()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(FOLDER)))
def test_a_template_compiles(path):
    assert engines["django"].get_template(str(path.relative_to(FOLDER)))


@pytest.mark.parametrize(
    ("bad", "objection"),
    [
        ("<script>alert(1)</script>", "inline script"),
        ('<script type="module">x</script>', "inline script"),
        ("<style>a {}</style>", "inline style sheet"),
        ('<p class="a" style="color: var(--ink)">', "style attribute"),
        ('<p {% if a > b %}class="x"{% endif %} style="">', "style attribute"),
        ('<button onclick="go()">', "event handler"),
        ('<button hx-on:click="go()">', "event handler"),
        ('<a href="javascript:go()">', "script address"),
        ('<img src="https://example.org/a.png">', "foreign address"),
        ('<link rel="stylesheet" href="//cdn.example.org/a.css">', "foreign address"),
    ],
)
def test_the_check_objects(bad, objection):
    assert objections(bad) == [objection]


@pytest.mark.parametrize(
    "good",
    [
        '<script src="{% static "js/main.js" %}" type="module"></script>',
        '<a href="https://example.org/">elsewhere</a>',
        '<p data-on="x" class="style">style= onclick=</p>',
    ],
)
def test_the_check_lets_good_markup_pass(good):
    assert objections(good) == []
