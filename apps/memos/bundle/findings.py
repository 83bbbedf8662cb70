"""What was found: annotations with their positions and evidence, and terms with their senses."""

from collections.abc import Mapping

from django.db.models import Model

from apps.annotations.models import Annotation, Evidence, Position, Sense, Term
from apps.memos.bundle.links import link
from apps.memos.bundle.reading import Part
from apps.memos.bundle.setting import Setting
from apps.notes.models import Note
from apps.themes.models import Theme


class _Read:
    """What is gathered while going through the annotations, to be written at once."""

    def __init__(self) -> None:
        self.annotations: dict[str, Annotation] = {}
        self.positions: dict[str, Position] = {}
        self.evidence: list[Evidence] = []
        self.holders: list[tuple[Model, Model]] = []
        self.position_holders: list[tuple[Model, Model]] = []


def read_annotations(
    bundle: Part, setting: Setting, themes: Mapping[str, Theme], notes: Mapping[str, Note]
) -> dict[str, Annotation]:
    """Make the annotations with what belongs to them."""
    read = _Read()
    for order, part in enumerate(bundle.parts("annotations"), start=1):
        theme = part.one("theme", themes)
        if theme is None:
            raise part.refuse("theme", "is needed")
        annotation = Annotation(
            workshop=setting.workshop,
            theme=theme,
            kind=part.text("kind"),
            claim=part.text("claim"),
            about=part.text("about", ""),
            modality=part.text("modality", "is"),
            strength=part.text("strength", ""),
            basis=part.text("basis", ""),
            quantifier=part.text("quantifier", ""),
            counted=part.number("counted"),
            counted_of=part.number("counted_of"),
            certainty=part.text("certainty", ""),
            scope_conditions=part.text("scope_conditions", ""),
            session=part.one("session", setting.sessions),
            order=order,
        )
        part.keep(read.annotations, part.checked(annotation))
        read.holders += [
            (annotation, group) for group in part.many("holders group", setting.groups)
        ]
        own = _positions(part, annotation, setting, read)
        _evidence(part, annotation, own, notes, read)
    Annotation.objects.bulk_create(read.annotations.values())
    Position.objects.bulk_create(read.positions.values())
    Evidence.objects.bulk_create(read.evidence)
    link(Annotation, "holders", read.holders)
    link(Position, "holders", read.position_holders)
    return read.annotations


def _positions(
    part: Part, annotation: Annotation, setting: Setting, read: _Read
) -> dict[str, Position]:
    own: dict[str, Position] = {}
    for order, each in enumerate(part.parts("positions"), start=1):
        position = Position(
            workshop=setting.workshop,
            annotation=annotation,
            label=each.text("label", ""),
            text=each.text("text", ""),
            unrecorded=each.flag("unrecorded"),
            polarity=each.text("polarity", ""),
            quantifier=each.text("quantifier", ""),
            counted=each.number("counted"),
            counted_of=each.number("counted_of"),
            reasons_for=each.text("reasons_for", ""),
            reasons_against=each.text("reasons_against", ""),
            minority=each.flag("minority"),
            order=order,
        )
        each.keep(own, each.checked(position))
        read.position_holders += [
            (position, group) for group in each.many("holders group", setting.groups)
        ]
    read.positions |= {str(position.pk): position for position in own.values()}
    return own


def _evidence(
    part: Part,
    annotation: Annotation,
    positions: Mapping[str, Position],
    notes: Mapping[str, Note],
    read: _Read,
) -> None:
    for each in part.parts("evidence"):
        note = each.one("note", notes)
        if note is None:
            raise each.refuse("note", "is needed")
        evidence = Evidence(
            workshop=annotation.workshop,
            annotation=annotation,
            position=each.one("position", positions),
            note=note,
            stance=each.text("stance", "supports"),
        )
        read.evidence.append(each.checked(evidence))


def read_terms(
    bundle: Part, setting: Setting, annotations: Mapping[str, Annotation]
) -> dict[str, Term]:
    """Make the terms with their senses."""
    terms: dict[str, Term] = {}
    senses: list[Sense] = []
    holders = []
    for order, part in enumerate(bundle.parts("terms"), start=1):
        term = Term(
            workshop=setting.workshop,
            name=part.text("name"),
            status=part.text("status"),
            annotation=part.one("annotation", annotations),
            order=order,
        )
        part.keep(terms, part.checked(term))
        for place, each in enumerate(part.parts("senses"), start=1):
            sense = Sense(
                workshop=setting.workshop,
                term=term,
                text=each.text("text"),
                used_by=each.text("used_by", ""),
                order=place,
            )
            senses.append(each.checked(sense))
            holders += [(sense, group) for group in each.many("holders group", setting.groups)]
    Term.objects.bulk_create(terms.values())
    Sense.objects.bulk_create(senses)
    link(Sense, "holders", holders)
    return terms
