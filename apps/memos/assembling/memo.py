"""The policy memo: its parts, in order."""

import datetime as dt
import hashlib
import json
import uuid

from apps.memos.assembling import agenda, answers, findings, method, opening, people, record
from apps.memos.assembling.material import Material
from apps.memos.assembling.words import day
from apps.memos.typesetting.content import MemoContent
from apps.workshops.models import OrganisationRole, Phase


def assemble(material: Material, *, number: int, made_at: dt.datetime) -> MemoContent:
    """Return the content of the memo's version `number`, as plain JSON.

    The same material, number and moment give the same content. Names of participants stand in
    the block of people alone, as each chose; sayings are labelled by group as the attribution
    rule allows.
    """
    workshop = material.workshop
    draft = workshop.phase not in {Phase.PUBLISHED, Phase.ARCHIVED}
    return {
        "schema": "rapporteur/memo-1",
        "title": workshop.title,
        "subtitle": workshop.series,
        "authors": list(material.memo.authors),
        "date": day(made_at.astimezone(workshop.zone).date()),
        "language": workshop.language,
        "draft": draft,
        "version": f"{'Draft' if draft else 'Version'} {number}",
        "notice": _notice(workshop.illustration),
        "made_at": made_at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "organisation_line": " · ".join(
            organisation.name
            for organisation in material.organisations
            if organisation.role in {OrganisationRole.HOST, OrganisationRole.PARTNER}
        ),
        "blocks": [
            *opening.summary(material),
            *opening.introduction(material),
            *findings.areas_of_consensus(material),
            *findings.areas_of_divergence(material),
            *findings.further_observations(material),
            *findings.terms(material),
            *agenda.research(material),
            *agenda.outcomes(material),
            *method.how_we_know(material),
            *people.people(material),
            *answers.what_was_answered(material),
            *record.annexes(material),
        ],
    }


def named_in(material: Material) -> list[uuid.UUID]:
    """Return the ids of the participants whom the content names, in a fixed order."""
    listed = {each.id for each in material.people.named}
    return sorted(listed | record.named_authors(material))


def digest(content: MemoContent) -> str:
    """Return the SHA-256 of `content`, however its keys are ordered."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _notice(illustration: str) -> str:
    return f"This workshop is an illustration: {illustration}" if illustration else ""
