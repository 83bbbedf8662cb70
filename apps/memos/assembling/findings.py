"""The findings, theme by theme, and the terms."""

from collections.abc import Iterable

from apps.annotations import wording
from apps.annotations.models import Annotation, Evidence, Kind, Position, Stance, Term, TermStatus
from apps.core.markdown import to_blocks
from apps.memos.assembling.answers import said_of
from apps.memos.assembling.material import Material
from apps.memos.assembling.words import heading
from apps.memos.typesetting import content
from apps.memos.typesetting.content import Block
from apps.themes.models import Placement, Theme


def areas_of_consensus(material: Material) -> list[Block]:
    """Return the themes that are placed with the agreements."""
    return _section(material, Placement.CONSENSUS, "Areas of consensus")


def areas_of_divergence(material: Material) -> list[Block]:
    """Return the themes that are placed with the disagreements."""
    return _section(material, Placement.DIVERGENCE, "Areas of divergence")


def further_observations(material: Material) -> list[Block]:
    """Return the themes in which nothing was agreed or disputed."""
    return _section(material, Placement.CONTEXT, "Further observations")


def terms(material: Material) -> list[Block]:
    """Return the table of terms: those agreed upon, and those that people use differently."""
    # Contested ones first: they are what divides.
    in_order = sorted(material.terms, key=lambda term: term.status != TermStatus.CONTESTED)
    rows = [_term(term) for term in in_order]
    if not any(row["senses"] for row in rows):
        return []
    return [
        heading("terms", "Contested and agreed terms"),
        {"id": "terms-table", "type": "terms", "rows": rows},
    ]


def how_known(annotation: Annotation) -> str:
    """Return how an annotation is known: "Sense of the room"; empty where that isn't said."""
    return wording.basis_phrase(annotation)


def _section(material: Material, section: str, title: str) -> list[Block]:
    by_theme: dict[object, list[Annotation]] = {}
    for annotation in material.annotations:
        by_theme.setdefault(annotation.theme_id, []).append(annotation)
    themes = [
        _theme(theme, depth, by_theme.get(theme.pk, []), material)
        for theme, depth in material.printed_in(section)
    ]
    filled = [theme for theme in themes if theme["summary"] or theme["findings"]]
    return [heading(section, title), *filled] if filled else []


def _theme(
    theme: Theme, depth: int, annotations: Iterable[Annotation], material: Material
) -> content.Theme:
    return {
        "id": f"theme-{theme.pk}",
        "type": "theme",
        "level": 2 + depth,
        "title": theme.title,
        "summary": to_blocks(theme.summary),  # type: ignore[typeddict-item]
        "findings": [_finding(annotation, material) for annotation in annotations],
    }


def _finding(annotation: Annotation, material: Material) -> content.Finding:
    evidence: dict[object, list[Evidence]] = {}
    for each in annotation.evidence.all():
        evidence.setdefault(each.position_id, []).append(each)
    positions = list(annotation.positions.all())
    holders = wording.holders_of_positions(positions)
    found: content.Finding = {
        "id": f"annotation-{annotation.pk}",
        "kind": annotation.kind,
        "kind_label": annotation.get_kind_display(),
        "sentence": wording.sentence(annotation, material.names),
        "basis": how_known(annotation) if annotation.kind != Kind.SINGLE_VOICE else "",
        # The sentence says where it holds.
        "scope": "",
        "evidence": _numbers(evidence.get(None), against=False),
        "against": _numbers(evidence.get(None), against=True),
        "positions": [
            _position(position, who, evidence.get(position.pk))
            for position, who in zip(positions, holders, strict=True)
        ],
    }
    if answers := said_of(annotation, material.asked):
        found["answers"] = answers
    return found


def _position(position: Position, who: str, evidence: list[Evidence] | None) -> content.Position:
    return {
        "label": position.label,
        "text": position.text,
        "who": who,
        "reasons_for": position.reasons_for,
        "reasons_against": position.reasons_against,
        "minority": position.minority,
        "evidence": _numbers(evidence, against=False),
        "against": _numbers(evidence, against=True),
    }


def _numbers(evidence: Iterable[Evidence] | None, *, against: bool) -> list[int]:
    return sorted(
        each.note.sequence for each in evidence or () if (each.stance == Stance.AGAINST) == against
    )


def _term(term: Term) -> content.Term:
    return {
        "term": term.name,
        "status": term.get_status_display(),
        "senses": [
            {
                "text": sense.text,
                "holders": sense.used_by or wording.holders_phrase("", sense.holders.all()),
            }
            for sense in term.senses.all()
        ],
    }
