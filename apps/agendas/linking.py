"""The form by which a finding is said to relate to something."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.text import Truncator

from apps.agendas.models import LinkKind
from apps.agendas.relations import WORDS
from apps.agendas.selectors import outcomes_visible_to, questions_visible_to
from apps.annotations.models import Annotation
from apps.annotations.selectors import annotations_visible_to
from apps.core.forms import HouseForm
from apps.participants.models import Participant
from apps.themes.selectors import Outline
from apps.workshops.models import GuidingQuestion

LENGTH = 90
# Marks the kinds that are said from the other end: “is answered by”.
BACK = "-by"
NOT_CHOSEN = "Choose what it relates to."
GONE = "What you chose isn’t there any more. Choose again."


class LinkForm(HouseForm):
    """How a finding relates to something else, in which words."""

    kind = forms.ChoiceField(label="It")
    target = forms.ChoiceField(
        label="What", error_messages={"required": NOT_CHOSEN, "invalid_choice": GONE}
    )
    phrase = forms.CharField(
        label="In the words used",
        required=False,
        max_length=200,
        help_text="As in “relatedly”, or “feasible, after being called hard”.",
    )

    def __init__(
        self, *args: Any, actor: Participant, annotation: Annotation, **kwargs: Any
    ) -> None:
        """Offer what the workshop holds, but the finding itself."""
        super().__init__(*args, **kwargs)
        self._annotation = annotation
        self._things: dict[str, Model] = {}
        kind: Any = self.fields["kind"]
        kind.choices = [
            *[(value, forward) for value, (forward, _) in WORDS.items()],
            *[(f"{value}{BACK}", back) for value, (go, back) in WORDS.items() if back != go],
        ]
        target: Any = self.fields["target"]
        target.choices = [("", "Choose"), *self._offered(actor)]

    def given(self) -> dict[str, Any]:
        """Return what the service takes."""
        kind, thing = self.cleaned_data["kind"], self._things[self.cleaned_data["target"]]
        back = kind.endswith(BACK)
        return {
            "kind": LinkKind(kind.removesuffix(BACK)),
            "source": thing if back else self._annotation,
            "target": self._annotation if back else thing,
            "phrase": self.cleaned_data["phrase"],
        }

    def _offered(self, actor: Participant) -> list[tuple[str, list[tuple[str, str]]]]:
        findings: dict[Any, list[Model]] = {}
        for row in annotations_visible_to(actor).prefetch_related("positions"):
            # A side of a finding can be meant by itself.
            if row != self._annotation:
                findings.setdefault(row.theme_id, []).extend([row, *row.positions.all()])
        offered = [
            (theme.title, self._group([theme, *findings.get(theme.pk, [])]))
            for theme, _ in Outline(actor).in_order()
        ]
        workshop = actor.workshop_id
        others: list[tuple[str, Iterable[Model]]] = [
            ("Research questions", questions_visible_to(actor)),
            ("Outcomes", outcomes_visible_to(actor)),
            ("Guiding questions", GuidingQuestion.objects.filter(workshop=workshop)),
        ]
        offered += [(title, self._group(rows)) for title, rows in others]
        return [(title, group) for title, group in offered if group]

    def _group(self, rows: Iterable[Model]) -> list[tuple[str, str]]:
        group = []
        for row in rows:
            key = f"{row._meta.model_name}:{row.pk}"
            self._things[key] = row
            text = Truncator(str(row)).chars(LENGTH)
            named = {"theme": f"The theme “{text}”", "position": f"— {text}"}
            group.append((key, named.get(str(row._meta.model_name), text)))
        return group
