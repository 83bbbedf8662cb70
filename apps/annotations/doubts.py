"""Where what a finding is called and how it is known disagree."""

from collections.abc import Iterator

from apps.annotations.models import SIDED, Annotation, Basis, Kind, Strength
from apps.annotations.quantifying import how_many, table_of
from apps.workshops.quantifiers import Amount

# Fewer than whom nobody would call an agreement of the room.
_FEW = {Amount.SEVERAL, Amount.SOME, Amount.FEW, Amount.TWO, Amount.ONE}
_NEARLY_EVERYBODY = {"", Amount.ALL, Amount.ALL_BUT_ONE, Amount.NEARLY_ALL, Amount.MOST}
_FULL = {"", Strength.CONSENSUS}
_BOTH = 2


def doubts(annotation: Annotation, *, supporting: int, against: int) -> list[str]:
    """Return what speaks against the label of `annotation`, a sentence each; mostly nothing.

    `supporting` and `against` are how many notes take which side. Makes no query where the
    positions are loaded.
    """
    if annotation.kind == Kind.CONSENSUS:
        found = list(_of_consensus(annotation))
    elif annotation.kind == Kind.SINGLE_VOICE:
        found = list(_of_single_voice(annotation))
    elif annotation.kind in SIDED and len(annotation.positions.all()) < _BOTH:
        found = ["Called a difference, but fewer than two sides are written down."]
    else:
        found = []
    if against > supporting and annotation.kind not in SIDED:
        found.append("More of its notes speak against it than for it.")
    return found


def _of_consensus(annotation: Annotation) -> Iterator[str]:
    amount, full = _amount(annotation), annotation.strength in _FULL
    if annotation.basis == Basis.SINGLE_VOICE:
        yield "Called an agreement, but known from one voice."
    elif annotation.basis == Basis.RAPPORTEUR:
        yield "Called an agreement, but inferred by the rapporteur: nobody said so."
    elif annotation.basis == Basis.SENSE_OF_ROOM and annotation.strength == Strength.CONSENSUS:
        yield "Called a full consensus, but sensed in the room: nobody counted."
    elif annotation.basis == Basis.GROUP_STATEMENT and full and not amount:
        yield "Called an agreement, but known from one group’s own statement."
    word = how_many(annotation).words
    if amount in _FEW:
        yield f"Called an agreement, but “{word}” isn’t most of the room."
    elif annotation.strength == Strength.CONSENSUS and amount not in _NEARLY_EVERYBODY:
        yield f"Called a full consensus, but held by “{word}”."


def _of_single_voice(annotation: Annotation) -> Iterator[str]:
    if annotation.basis not in {"", Basis.SINGLE_VOICE, Basis.RAPPORTEUR}:
        basis = str(annotation.get_basis_display()).lower()
        yield f"Called a single voice, but known by: {basis}."
    if _amount(annotation) not in {"", Amount.ONE}:
        yield f"Called a single voice, but held by “{how_many(annotation).words}”."


def _amount(annotation: Annotation) -> str:
    # How it may be told can be a number; what it comes to is a word all the same.
    if annotation.counted is None or annotation.counted_of is None:
        return annotation.quantifier
    return table_of(annotation).word_for(annotation.counted, annotation.counted_of)
