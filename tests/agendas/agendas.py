"""Agendas for tests, with decoys that nobody but the team may see."""

from dataclasses import dataclass
from typing import Any

from apps.agendas.models import Outcome, ResearchQuestion
from tests.factories import (
    AnnotationFactory,
    OutcomeFactory,
    ResearchQuestionFactory,
    TermFactory,
    ThemeFactory,
)


@dataclass
class Filled:
    """A question and an outcome that rest on a published and on a secret theme each."""

    question: ResearchQuestion
    outcome: Outcome
    shown: Any
    secret: Any


def filled(workshop: Any) -> Filled:
    """Write an agenda into `workshop`, and a decoy into another."""
    shown = ThemeFactory(workshop=workshop, title="Plain heading", published=True)
    secret = ThemeFactory(workshop=workshop, title="Secret heading")
    findings = [
        AnnotationFactory(theme=shown, claim="Plain claim"),
        AnnotationFactory(theme=secret, claim="Secret claim"),
    ]
    terms = [
        TermFactory(workshop=workshop, name="plain word", annotation=findings[0]),
        TermFactory(workshop=workshop, name="secret word", annotation=findings[1]),
    ]
    question = ResearchQuestionFactory(workshop=workshop, text="Plain question?", new=False)
    question.origin_themes.set([shown, secret])
    question.origin_annotations.set(findings)
    question.origin_terms.set(terms)
    outcome = OutcomeFactory(workshop=workshop, text="Plain takeaway.", new=False)
    outcome.rests_on_themes.set([shown, secret])
    outcome.rests_on_annotations.set(findings)
    ResearchQuestionFactory(text="Foreign question?")
    OutcomeFactory(text="Foreign takeaway.")
    return Filled(question, outcome, shown, secret)


def lengthen(workshop: Any, count: int) -> None:
    """Add so many questions with parts, and outcomes, each of them with origins of its own."""
    for _ in range(count):
        theme = ThemeFactory(workshop=workshop, published=True)
        finding = AnnotationFactory(theme=theme)
        question = ResearchQuestionFactory(workshop=workshop, new=False)
        ResearchQuestionFactory(workshop=workshop, parent=question, new=False)
        question.origin_annotations.add(finding)
        question.origin_terms.add(TermFactory(workshop=workshop, annotation=finding))
        outcome = OutcomeFactory(workshop=workshop, new=False)
        outcome.rests_on_annotations.add(finding)
