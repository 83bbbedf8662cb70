"""The people, as each chose to be listed, and the organisations."""

from apps.annotations.wording import capitalised, joined
from apps.memos.assembling.material import Material
from apps.memos.assembling.words import bullets, counted, heading, paragraph, prose
from apps.memos.typesetting.content import Block, Person, Rich, Run
from apps.participants.selectors.attribution import Listed
from apps.workshops.models import Role

# What people did for the workshop; that someone took part needs no word.
ROLES = {Role.OWNER: "organiser", Role.FACILITATOR: "facilitator", Role.RAPPORTEUR: "rapporteur"}


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
    roster = material.people
    rows: list[Person] = [{"name": each.name, "detail": _detail(each)} for each in roster.named]
    told = [counted(number, group.singular, group.plural) for group, number in roster.by_group]
    if roster.others:
        told.append(counted(roster.others, "other participant" if told else "participant"))
    in_all = roster.others + sum(number for _, number in roster.by_group)
    verb = "is" if in_all == 1 else "are"
    sentence = (
        f"{capitalised(joined(told))} {verb} listed without a name, as they chose." if told else ""
    )
    return rows, sentence


def _detail(person: Listed) -> str:
    return ", ".join(part for part in (ROLES.get(person.role, ""), person.affiliation) if part)


def _organisation(name: str, role: str, acknowledgement: str) -> list[Run]:
    runs: list[Run] = [{"text": name, "strong": True}, {"text": f" ({role.lower()})"}]
    return [*runs, {"text": f". {acknowledgement}"}] if acknowledgement else runs
