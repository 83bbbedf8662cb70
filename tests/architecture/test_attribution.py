"""How people are shown is decided in one place: elsewhere nobody reads who they are, or the rule.

A module that isn't listed here reads no name, affiliation, address or listing choice of a
participant, and doesn't ask which attribution rule is in force: it asks
`apps.participants.selectors.attribution`, or `apps.workshops.attribution` what may be kept.
"""

import pytest
from django.conf import settings

from tests.architecture.personal import PERSONAL, RULE, WATCHED, modules, uses, uses_in_template

APPS, TEMPLATES = settings.BASE_DIR / "apps", settings.BASE_DIR / "templates"
EMAIL = {"email"}

# By path, or by folder: what may be read there, and what for.
MAY: dict[str, tuple[set[str], str]] = {
    "participants/selectors/attribution/": (WATCHED, "where it is decided"),
    "workshops/attribution.py": (RULE, "where it is decided what may be kept"),
    # What the rule lets be kept, and what people are told of it.
    "workshops/models/": (RULE, "the field"),
    "workshops/forms/": (RULE, "choosing the rule"),
    "workshops/services/": (RULE, "setting the rule"),
    "workshops/api/": (RULE, "setting the rule"),
    "workshops/set_up.py": (RULE, "saying which rule is set"),
    "participants/api/workshops.py": (RULE, "setting the rule"),
    "participants/selectors/terms.py": (RULE, "saying what it means to those who join"),
    "memos/assembling/opening.py": (RULE, "saying under which rule it was"),
    "memos/assembling/method.py": (RULE, "saying what that means"),
    # People about themselves, and those who keep the list of people.
    "participants/models.py": (PERSONAL, "the fields"),
    "participants/forms/joining.py": (WATCHED, "what people say of themselves"),
    "participants/services/joining.py": (WATCHED, "what people say of themselves"),
    "participants/views/joining.py": (PERSONAL, "offers an account's own name"),
    "participants/services/starting.py": (WATCHED, "the owner's own name; the first rule"),
    "participants/forms/oneself.py": (WATCHED, "oneself"),
    "participants/services/oneself.py": (PERSONAL, "oneself"),
    "participants/selectors/oneself.py": (PERSONAL, "oneself"),
    "participants/api/oneself.py": (PERSONAL, "oneself"),
    "participants/services/links.py": (WATCHED, "where links are sent; what people agree to"),
    "participants/services/inviting.py": (EMAIL, "whom a link can be sent to"),
    "participants/selectors/sheet.py": (RULE, "saying which rule it is to those who join"),
    "participants/services/memberships.py": (RULE, "no groups are taken anonymously"),
    "participants/selectors/telling.py": (PERSONAL, "what only they themselves let be told"),
    "participants/services/taking.py": (PERSONAL, "a place that somebody takes over"),
    "participants/services/removals.py": (PERSONAL, "erasing"),
    "participants/selectors/changes.py": (PERSONAL, "what a field is called"),
    "participants/selectors/history.py": (PERSONAL, "the history, to those who keep the list"),
    "participants/selectors/people.py": (PERSONAL, "the list, to those who keep it"),
    "participants/selectors/importing.py": (PERSONAL, "the list, to those who keep it"),
    "participants/services/people.py": (PERSONAL, "the list, to those who keep it"),
    "participants/forms/people.py": (PERSONAL, "the list, to those who keep it"),
    "participants/forms/roster.py": (PERSONAL, "the list, to those who keep it"),
    "participants/views/people.py": (PERSONAL, "the list, to those who keep it"),
    "participants/api/people.py": (PERSONAL, "the list, to those who keep it"),
    "participants/roster/": (PERSONAL, "the list, to those who keep it"),
    # Elsewhere.
    "accounts/": (EMAIL, "accounts' own addresses"),
    "memos/assembling/people.py": ({"affiliation"}, "prints what it was given as each chose"),
    "participants/records.py": (PERSONAL, "the list, as each chose to stand in it"),
    "workshops/records.py": (RULE, "the rule, as a file says it"),
    "memos/workshop_file/example.py": (PERSONAL, "the example's people and their accounts"),
    "memos/management/commands/load_workshop.py": (EMAIL, "an account's own address"),
    "memos/management/commands/load_example.py": (EMAIL, "an account's own address"),
}
SHOW: dict[str, tuple[set[str], str]] = {
    "account/": (EMAIL, "accounts' own addresses"),
    "participants/oneself.html": (PERSONAL, "oneself"),
    "participants/yourself.html": (PERSONAL, "oneself"),
    "participants/join.html": (WATCHED, "what people say of themselves; the rule they agree to"),
    "participants/link.html": (WATCHED, "oneself; the rule they agree to"),
    "participants/invitation.html": (PERSONAL, "the list, to those who keep it"),
    "participants/invited.html": (EMAIL, "the list, to those who keep it"),
    "participants/lobby_list.html": (PERSONAL, "those who wait, to those who let them in"),
    "participants/people.html": (RULE, "the list, to those who keep it"),
    "participants/people_row.html": (PERSONAL, "the list, to those who keep it"),
    "participants/person.html": (PERSONAL, "the list, to those who keep it"),
    "participants/person_fields.html": (PERSONAL, "the list, to those who keep it"),
    "participants/roster_check.html": (PERSONAL, "the list, to those who keep it"),
    "workshops/basics_fields.html": (RULE, "choosing the rule"),
    "workshops/setup/attribution.html": (RULE, "choosing the rule"),
    "workshops/setup/edit.html": (RULE, "choosing the rule of a session"),
    "workshops/rule.html": (RULE, "saying what the rule means"),
}


def allowed(path: str, listed: dict[str, tuple[set[str], str]]) -> set[str]:
    return {
        name
        for place, (names, _) in listed.items()
        if path == place or (place.endswith("/") and path.startswith(place))
        for name in names
    }


MODULES = [str(path.relative_to(APPS)) for path in modules(APPS)]
PAGES = [
    str(path.relative_to(TEMPLATES))
    for path in sorted(TEMPLATES.rglob("*"))
    if path.suffix in {".html", ".txt"}
]


def test_nobody_else_reads_who_people_are_or_which_rule_hides_it():
    found = {
        module: unlisted
        for module in MODULES
        if (unlisted := uses((APPS / module).read_text()) - allowed(module, MAY))
    }
    assert found == {}, "Ask apps.participants.selectors.attribution, or say here what it is for."


def test_no_other_template_shows_it():
    found = {
        page: unlisted
        for page in PAGES
        if (unlisted := uses_in_template((TEMPLATES / page).read_text()) - allowed(page, SHOW))
    }
    assert found == {}, "Ask apps.participants.selectors.attribution, or say here what it is for."


@pytest.mark.parametrize(
    ("place", "listed", "read", "there"),
    [(place, MAY, uses, APPS) for place in MAY]
    + [(place, SHOW, uses_in_template, TEMPLATES) for place in SHOW],
)
def test_nothing_is_allowed_that_nobody_does(place, listed, read, there):
    known = MODULES if there == APPS else PAGES
    within = [path for path in known if path == place or path.startswith(place)]
    found = {name for path in within for name in read((there / path).read_text())}
    assert found & listed[place][0], "It may be taken off the list."


@pytest.mark.parametrize(
    ("bad", "names"),
    [
        ("def by(author):\n    return author.display_name", {"display_name"}),
        ("names = people.values_list('display_name', flat=True)", {"display_name"}),
        ("Note.objects.filter(recorded_by__affiliation=house)", {"affiliation"}),
        ("rows.order_by('-participant__email')", {"email"}),
        ("fields = ['id', 'listing']", {"listing"}),
        ("if workshop.attribution_rule == 'anonymous': pass", {"attribution_rule"}),
        ("if rule == AttributionRule.ON_RECORD: pass", {"AttributionRule"}),
        ("LABELS = {AttributionRule.ANONYMOUS: ''}", {"AttributionRule"}),
    ],
)
def test_the_check_finds_who_reads_it(bad, names):
    assert uses(bad) == names


@pytest.mark.parametrize(
    "bad",
    [
        "{{ comment.author.display_name }}",
        "<p>{{ note.recorded_by.affiliation|default:'' }}</p>",
        '{% if workshop.attribution_rule == "anonymous" %}',
        "{% firstof person.email name %}",
    ],
)
def test_the_check_finds_a_template_that_shows_it(bad):
    assert uses_in_template(bad)


def test_a_module_that_isnt_listed_may_nothing():
    assert allowed("themes/selectors/comments.py", MAY) == set()
    assert allowed("notes/api.py", MAY) == set()
    assert allowed("themes/comment_said.html", SHOW) == set()
    assert allowed("workshops/forms/basics.py", MAY) == RULE
