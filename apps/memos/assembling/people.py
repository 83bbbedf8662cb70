"""The people, as each chose to be listed, and the organisations."""

from collections.abc import Iterable

from apps.annotations.wording import capitalised, joined
from apps.memos.assembling.material import Material
from apps.memos.assembling.words import bullets, counted, heading, paragraph, prose
from apps.memos.typesetting.content import Block, Person, Rich, Run
from apps.participants.models import Group, Listing, Participant
from apps.workshops.models import AttributionRule, Role

# What people did for the workshop; that someone took part needs no word.
ROLES = {Role.OWNER: "organiser", Role.FACILITATOR: "facilitator", Role.RAPPORTEUR: "rapporteur"}


def members_of(group: Group, people: Iterable[Participant]) -> list[Participant]:
    """Return those of `people` who belong to `group`."""
    return [
        person
        for person in people
        if any(membership.group_id == group.pk for membership in person.memberships.all())
    ]


def people(material: Material) -> list[Block]:
    """Return who took part, as far and in the form that each agreed to, and whom to thank."""
    blocks: list[Block] = []
    rows, unnamed = _people(material)
    if rows:
        blocks.append({"id": "people-list", "type": "people", "rows": rows})
    content: list[Rich] = []
    if unnamed:
        content.append(paragraph(unnamed))
    thanks = [
        _organisation(each.name, each.get_role_display(), each.acknowledgement)
        for each in material.organisations
    ]
    if thanks:
        content.append(bullets(thanks))
    if content:
        blocks.append(prose("people-thanks", *content))
    return [heading("people", "People and acknowledgements"), *blocks] if blocks else []


def _people(material: Material) -> tuple[list[Person], str]:
    """Return the lines of those who chose to be named, and a sentence on those who didn't."""
    if material.workshop.attribution_rule == AttributionRule.ANONYMOUS:
        return [], ""
    agreed = [person for person in material.people if person.consented_at]
    named = [p for p in agreed if p.listing in {Listing.FULL, Listing.NAME} and p.display_name]
    rows: list[Person] = [
        {"name": person.display_name, "detail": _detail(person)}
        for person in sorted(named, key=lambda person: (person.role not in ROLES, _surname(person)))
    ]
    by_label = [person for person in agreed if person.listing == Listing.ROLE_LABEL]
    counts = [(len(members_of(group, by_label)), group) for group in material.groups]
    told = [counted(number, group.singular, group.plural) for number, group in counts if number]
    others = len(by_label) - sum(number for number, _ in counts)
    if others:
        told.append(counted(others, "other participant" if told else "participant"))
    verb = "is" if len(by_label) == 1 else "are"
    sentence = (
        f"{capitalised(joined(told))} {verb} listed without a name, as they chose." if told else ""
    )
    return rows, sentence


def _detail(person: Participant) -> str:
    affiliation = person.affiliation if person.listing == Listing.FULL else ""
    return ", ".join(part for part in (ROLES.get(Role(person.role), ""), affiliation) if part)


def _surname(person: Participant) -> tuple[str, str]:
    return person.display_name.split()[-1].casefold(), person.display_name.casefold()


def _organisation(name: str, role: str, acknowledgement: str) -> list[Run]:
    runs: list[Run] = [{"text": name, "strong": True}, {"text": f" ({role.lower()})"}]
    return [*runs, {"text": f". {acknowledgement}"}] if acknowledgement else runs
