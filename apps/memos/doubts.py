"""What the room's answers hold against the memo: told before it is published, and in nobody's way.

An agreement or a difference that they contradict; and a word for how many that isn't the one that
follows from what was answered to the one statement that tests it.
"""

import re
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from apps.annotations.advice import PEOPLE, amounts_said
from apps.annotations.models import Annotation, Kind, Position
from apps.annotations.quantifying import is_discreet, table_of
from apps.annotations.wording import closed, holders_of_positions, proper_names, sentence
from apps.participants.models import Participant
from apps.statements.measures.counts import Counts
from apps.statements.models import Direction, StatementEvidence
from apps.statements.selectors import Revealed
from apps.statements.selectors.auditing import Audited, audits_of
from apps.themes.models import Placement
from apps.workshops.quantifiers import LABELS, Amount

NAMES = {
    Kind.CONSENSUS: "the consensus",
    Kind.DIVERGENCE: "the divergence",
    Kind.GROUP_DIFFERENCE: "the difference between groups",
}
# One voice is how these are known: it says nothing of how many share them.
VOICES = {Kind.SINGLE_VOICE, Kind.EXAMPLE}
Link = tuple[StatementEvidence, Revealed]


@dataclass(frozen=True)
class Doubt:
    """What answers hold against a finding, in words, and where its card is."""

    text: str
    theme_id: uuid.UUID
    annotation_id: uuid.UUID


def doubts_for(actor: Participant) -> list[Doubt]:
    """Return what the room's answers hold against findings that the memo prints.

    For the team, who read all findings. As many queries for one finding as for all.
    """
    findings = list(
        Annotation.objects.filter(workshop=actor.workshop_id)
        .exclude(theme__placement=Placement.OMITTED)
        .select_related("workshop", "session", "theme")
        .prefetch_related("holders", "positions__holders")
        .order_by("order", "created_at")
    )
    audits = audits_of(actor.workshop, findings)
    names = proper_names(each.claim for each in findings)
    return [
        Doubt(text, finding.theme_id, finding.pk)
        for finding in findings
        if finding.pk in audits
        for text in [
            *_contradiction(finding, audits[finding.pk]),
            *_amounts(finding, audits[finding.pk], names),
        ]
    ]


def _contradiction(finding: Annotation, audited: Audited) -> Iterator[str]:
    found = audited.audit
    if found is None or not audited.contradicts:
        return
    told = f"The answers contradict {NAMES[Kind(finding.kind)]} “{finding.claim}”: {found.sentence}"
    differing = [
        gap.says
        for place in found.because
        for gap in audited.statements[place][1].gaps
        if gap.finding.established and gap.says not in told
    ]
    yield " ".join([told, *differing[:1]])


def _amounts(finding: Annotation, audited: Audited, names: frozenset[str]) -> Iterator[str]:
    """Yield where the finding, or a position, speaks of another number of people than answered so
    to the one statement that tests it.
    """
    if finding.kind in VOICES:
        return
    positions: list[Position] = list(finding.positions.all())
    texts: dict[uuid.UUID | None, str] = {None: sentence(finding, names)}
    for position, who in zip(positions, holders_of_positions(positions), strict=True):
        texts[position.pk] = f"{who}: {position.text}" if who else position.text
    for held, text in texts.items():
        links = [link for link in audited.statements if link[0].position_id == held]
        if len(links) == 1:
            yield from _against_answers(finding, text, links[0])


def _against_answers(finding: Annotation, text: str, tested: Link) -> Iterator[str]:
    link, found = tested
    agrees = link.direction == Direction.AGREE
    measured: list[tuple[Collection[str], str, Counts | None]] = [(PEOPLE, "", found.counts)]
    measured += [((re.escape(each.plural),), each.plural, each.counts) for each in found.groups]
    for people, whose, counts in measured:
        if counts is None:
            continue
        side = counts if agrees else counts.swapped
        right = _word_for(finding, side)
        for said, words in amounts_said(text, people):
            if said != right and not words.lower().startswith("both"):
                does = "agreed" if agrees else "disagreed"
                of_whom = f"{side.agree} of {side.answered}{f' {whose}' if whose else ''}"
                word = LABELS[right].lower() if right else "nobody"
                yield (
                    f"“{words}” isn’t what was answered: {of_whom} {does} with “{found.text}”, "
                    f"which is “{word}”. It stands in: {closed(text)}"
                )


def _word_for(finding: Annotation, side: Counts) -> Amount | None:
    if not side.agree:
        return None
    return table_of(finding).word_for(side.agree, side.answered, discreetly=is_discreet(finding))
