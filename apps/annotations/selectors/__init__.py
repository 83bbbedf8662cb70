"""Reading annotations and terms: visibility is decided here and nowhere else."""

from apps.annotations.selectors.cards import Card, Citation, Side, cards_on
from apps.annotations.selectors.choosing import Choosable, rows_to_choose
from apps.annotations.selectors.findings import (
    Finding,
    annotations_visible_to,
    evidence_visible_to,
    findings_visible_to,
    kinds_by_theme,
    unsupported,
)
from apps.annotations.selectors.placement import (
    Problem,
    derived_section,
    problems_for_memo,
    reasons_for,
    sides_missing,
)
from apps.annotations.selectors.terms import (
    ShownTerm,
    contested_terms,
    definitions_to_take,
    shown_terms,
    terms_visible_to,
)
from apps.annotations.selectors.uses import Texts, Use, settled_in

__all__ = [
    "Card",
    "Choosable",
    "Citation",
    "Finding",
    "Problem",
    "ShownTerm",
    "Side",
    "Texts",
    "Use",
    "annotations_visible_to",
    "cards_on",
    "contested_terms",
    "definitions_to_take",
    "derived_section",
    "evidence_visible_to",
    "findings_visible_to",
    "kinds_by_theme",
    "problems_for_memo",
    "reasons_for",
    "rows_to_choose",
    "settled_in",
    "shown_terms",
    "sides_missing",
    "terms_visible_to",
    "unsupported",
]
