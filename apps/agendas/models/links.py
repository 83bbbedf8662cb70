"""What leads from one thing to another: findings, themes, questions, outcomes."""

from django.db import models
from django.db.models import Func
from django.db.models.lookups import Exact

from apps.agendas.models.agenda import Outcome, ResearchQuestion
from apps.annotations.models import Annotation, Position
from apps.core.constraints import one_of, same_workshop
from apps.core.models import Entity
from apps.themes.models import Theme
from apps.workshops.models import GuidingQuestion, Workshop


class LinkKind(models.TextChoices):
    RELATES_TO = "relates_to", "relates to"
    CONTRASTS = "contrasts", "contrasts with"
    CAUSES = "causes", "causes"
    DEPENDS_ON = "depends_on", "depends on"
    SUPPORTS = "supports", "supports"
    ILLUSTRATES = "illustrates", "illustrates"
    ANSWERS = "answers", "answers"
    NARROWS = "narrows", "narrows"
    SUPERSEDES = "supersedes", "supersedes"


# What a link may begin at and lead to: each its own column, so that the database looks after it.
ENDS: dict[str, type[models.Model]] = {
    "annotation": Annotation,
    "position": Position,
    "theme": Theme,
    "guiding_question": GuidingQuestion,
    "research_question": ResearchQuestion,
    "outcome": Outcome,
}


def _end(side: str, name: str) -> "models.ForeignKey[models.Model | None, models.Model | None]":
    related = "links_from" if side == "source" else "links_to"
    return models.ForeignKey(
        ENDS[name], models.CASCADE, null=True, blank=True, related_name=related
    )


def _ends(side: str) -> list[str]:
    return [f"{side}_{name}" for name in ENDS]


def _exactly_one(side: str) -> models.CheckConstraint:
    given = Func(
        *map(models.F, _ends(side)), function="num_nonnulls", output_field=models.IntegerField()
    )
    return models.CheckConstraint(condition=Exact(given, 1), name=f"agendas_link_one_{side}")


class Link(Entity):
    """That one thing relates to another: how, and in which words it was put."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="links")
    kind = models.CharField(max_length=12, choices=LinkKind, default=LinkKind.RELATES_TO)
    phrase = models.CharField("in the words used", max_length=200, blank=True)
    source_annotation = _end("source", "annotation")
    source_position = _end("source", "position")
    source_theme = _end("source", "theme")
    source_guiding_question = _end("source", "guiding_question")
    source_research_question = _end("source", "research_question")
    source_outcome = _end("source", "outcome")
    target_annotation = _end("target", "annotation")
    target_position = _end("target", "position")
    target_theme = _end("target", "theme")
    target_guiding_question = _end("target", "guiding_question")
    target_research_question = _end("target", "research_question")
    target_outcome = _end("target", "outcome")

    class Meta:
        ordering = ["created_at"]
        constraints = [
            one_of("kind", LinkKind),
            *[
                same_workshop(f"{side}_{name}", model._meta.label)
                for name, model in ENDS.items()
                for side in ("source", "target")
            ],
            _exactly_one("source"),
            _exactly_one("target"),
            models.CheckConstraint(
                condition=~models.Q(
                    *[models.Q(**{f"source_{name}": models.F(f"target_{name}")}) for name in ENDS],
                    _connector=models.Q.OR,
                ),
                name="agendas_link_leads_elsewhere",
                violation_error_message="Link it to something else than itself.",
            ),
            models.UniqueConstraint(
                fields=["kind", *_ends("source"), *_ends("target")],
                nulls_distinct=False,
                name="agendas_link_once",
                violation_error_message="These are linked in this way already.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
