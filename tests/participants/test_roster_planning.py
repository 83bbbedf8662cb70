"""What a list means: its columns, its lines, and who of them is there already."""

import uuid

import pytest

from apps.participants.models import Function, Listing, Naming
from apps.participants.roster import (
    Choice,
    Columns,
    Known,
    KnownGroup,
    entries_of,
    guess_columns,
    plan_of,
    read_text,
)
from apps.workshops.models import Role

PARTS = ["first_name", "last_name", "email", "affiliation"]


def guessed(pasted, groups=()):
    return guess_columns(read_text(pasted), groups)


def planned(pasted, *, known=(), groups=()):
    table = read_text(pasted)
    return plan_of(entries_of(table, guess_columns(table)), known=known, groups=groups)


def person(name, email="", *, removed=False):
    return Known(uuid.uuid4(), name, email, removed)


@pytest.mark.parametrize(
    ("heading", "kinds"),
    [
        ("Name,E-mail,Affiliation,Group", ["name", "email", "affiliation", "group"]),
        ("Surname,First name,E-Mail Address", ["last_name", "first_name", "email"]),
        ("Vorname,Name,E-Mail-Adresse,Einrichtung", PARTS),
        ("Nachname,Vorname,Gruppe,Rolle", ["last_name", "first_name", "group", ""]),
        ("Nom,Prénom,Courriel,Organisme", ["last_name", "first_name", "email", "affiliation"]),
        ("Nombre,Apellidos,Correo electrónico,Institución", PARTS),
        ("Nombre y apellidos,Correo,Grupo", ["name", "email", "group"]),
        ("Nome,Cognome,Posta elettronica,Ente", PARTS),
        ("Naam,E-mailadres,Organisatie,Groep", ["name", "email", "affiliation", "group"]),
        ("Nombre,Correo,Empresa", ["name", "email", "affiliation"]),
        ("Full name,Last name,First name", ["", "last_name", "first_name"]),
        ("Name,Name,Diet", ["name", "", ""]),
        ("NAME ,  e-Mail*,ORGANISATION:", ["name", "email", "affiliation"]),
    ],
)  # fmt: skip
def test_columns_are_guessed_from_headings(heading, kinds):
    columns = guessed(f"{heading}\nAnna Berg,x,y,z\n")
    assert columns.heading
    assert columns.kinds[: len(kinds)] == kinds


def test_columns_are_guessed_from_values_where_nothing_says_what_they_hold():
    lines = [
        "Anna Berg\tanna@example.org\tUniversity of Vienna\tscholar",
        "Ben Okri\tben@example.org\tRed Cross\tpractitioner",
        "Chen Li\tchen@example.org\tETH\tscholar",
        "Dana Ruiz\tdana@example.org\tUNHCR\tpractitioner",
    ]
    columns = guessed("\n".join(lines))
    assert columns == Columns(["name", "email", "affiliation", "group"], heading=False)
    parts = guessed("Anna;Berg;ETH\nBen;van Dijk;UN\nChen;Li;ICRC\n")
    assert parts.kinds == ["first_name", "last_name", "affiliation"]
    assert guessed("anna@example.org\nben@example.org\n").kinds == ["email"]


def test_a_role_is_one_of_the_tools_or_a_group():
    roles = "Name,Role\nA,facilitator\nB,Beobachter\nC,participant\n"
    assert guessed(roles).kinds == ["name", "role"]
    kinds = "Name,Rolle\nA,Wissenschaft\nB,Praxis\nC,Praxis\nD,Wissenschaft\n"
    assert guessed(kinds).kinds == ["name", "group"]
    titles = "Name,Role\nA,Head of research\nB,Professor of law\nC,Programme officer\n"
    assert guessed(titles).kinds == ["name", ""]


def test_values_that_are_groups_of_the_workshop_are_groups():
    columns = guessed("Anna Berg,Scholars\nBen Okri,scholar\n", ["scholar", "scholars"])
    assert columns.kinds == ["name", "group"]


@pytest.mark.parametrize(
    ("kinds", "wrong"),
    [
        (["name", "name"], "Two columns"),
        (["affiliation"], "which column holds the names"),
        (["name", "first_name"], "either the whole name"),
        (["email", ""], ""),
        (["first_name", "last_name"], ""),
    ],
)
def test_columns_that_make_no_sense_are_pointed_out(kinds, wrong):
    said = Columns(kinds, heading=True).wrong
    assert wrong in said if wrong else said == ""


def test_a_line_becomes_a_person():
    plan = planned(
        "Vorname;Nachname;E-Mail;Rolle;Funktion;Nennung;Namensnennung\n"
        "Zoë;Müller;Zoë Müller <zoe@example.org>;Moderatorin;;Nur Name;nachfragen\n"
    )
    entry = plan.lines[0].entry
    assert (entry.display_name, entry.email) == ("Zoë Müller", "zoe@example.org")
    assert (entry.role, entry.listing) == (Role.FACILITATOR, Listing.NAME)
    assert entry.attribution == Naming.NO
    assert not entry.errors


def test_functions_may_be_several():
    table = read_text("Name|Functions\nAnna|Chair, Keynote speaker; Panellist\n")
    found = entries_of(table, Columns(["name", "functions"], heading=True))
    assert found[0].functions == [Function.CHAIR, Function.SPEAKER, Function.PANELIST]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (",,Vienna", "neither a name nor an e-mail address"),
        ("Anna,anna at example.org,", "“anna at example.org” isn’t an e-mail address"),
        (f"{'x' * 121},,", "The name is longer than 120 characters"),
        (f"Anna,,{'x' * 201}", "The affiliation is longer than 200 characters"),
        ("=HYPERLINK(0),,", "begins with “=”"),
    ],
)
def test_what_is_wrong_is_said_in_words_with_its_line(cells, said):
    plan = planned(f"Name,E-mail,Affiliation\n\nBen,,\n{cells}\n")
    (line,) = plan.bad
    assert line.entry.line == 4
    assert said in line.entry.errors[0]
    assert [line.entry.line for line in plan.good] == [3]


def test_a_role_or_choice_that_nobody_knows_is_pointed_out():
    table = read_text("Anna,emperor,perhaps,sometimes\n")
    columns = Columns(["name", "role", "listing", "attribution"], heading=False)
    errors = entries_of(table, columns)[0].errors
    assert [error.split("”")[0] for error in errors] == ["“emperor", "“perhaps", "“sometimes"]
    assert "“Facilitator”" in errors[0]


def test_people_are_known_by_address_or_by_name_without_accents_case_and_order():
    known = [person("Zoë  MÜLLER"), person("Ben Okri", "ben@example.org")]
    plan = planned(
        "Name,E-mail\n"
        '"muller, zoe",\n'
        "Benjamin O.,BEN@example.org\n"
        "Ben Okri,other@example.org\n"
        "Chen Li,\n",
        known=known,
    )
    assert [line.known for line in plan.lines] == [known[0], known[1], known[1], None]
    assert [line.by_email for line in plan.lines] == [False, True, False, False]
    assert [len(plan.doubles), len(plan.good)] == [3, 4]
    # Two people can't share an address, but may share a name.
    assert Choice.ADD not in plan.lines[1].choices
    assert Choice.ADD in plan.lines[0].choices


def test_people_who_stand_twice_in_the_list_are_pointed_out():
    plan = planned("Name;E-mail\nAnna Berg;a@b.org\n\nBERG Anna;\nSomeone;A@B.ORG\n")
    assert [line.earlier for line in plan.lines] == [None, 2, 2]
    assert [line.by_email for line in plan.lines] == [False, False, True]


def test_someone_who_was_removed_is_known_and_may_be_somebody_else():
    known = [person("Anna Berg", "a@b.org", removed=True), person("Anna Berg", "a@b.org")]
    assert planned("Name,E-mail\nAnna,a@b.org\n", known=known).lines[0].known == known[1]
    (line,) = planned("Name,E-mail\nAnna,a@b.org\n", known=known[:1]).lines
    assert line.known == known[0]
    assert line.choices == [Choice.SKIP, Choice.UPDATE, Choice.ADD]


def test_groups_are_known_in_one_or_in_several_and_new_ones_are_offered_once():
    scholars = KnownGroup(uuid.uuid4(), "", "scholar", "scholars")
    plan = planned(
        "Name,Group\nA,Scholar\nB,SCHOLARS\nC,Practitioner\nD,practitioners\nE,Practitioner\n",
        groups=[scholars],
    )
    assert plan.group_of("", "Scholars") == scholars
    (new,) = plan.new_groups
    assert (new.name, new.count) == ("Practitioner", 3)
    assert (new.singular, new.plural) == ("Practitioner", "Practitioners")


def test_another_plan_has_another_digest():
    first = planned("Name\nAnna\n")
    assert first.digest == planned("Name\nAnna\n").digest
    assert first.digest != planned("Name\nAnna\n", known=[person("anna")]).digest
