"""Where terms are used: in findings, summaries, notes, and in what other apps say of theirs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from apps.annotations.models import SIDED, About, Annotation, Kind, Term, TermStatus
from apps.annotations.selectors.findings import annotations_visible_to
from apps.core.contributions import contributed
from apps.notes.selectors import notes_visible_to
from apps.participants.models import Participant
from apps.themes.selectors import themes_visible_to

# Kinds of findings that speak of what isn't settled.
_UNSETTLED = {*SIDED, Kind.DEFINITION, Kind.TENSION, Kind.OPEN_ISSUE}
QUOTED = ("“", "‘", '"', "'")


@dataclass(frozen=True)
class Use:
    """A text in which words are used: what it is, where it stands, and whether it claims."""

    what: str
    text: str
    url: str
    claims: bool = True
    # The finding that it is, whose own terms it may speak of.
    annotation: Annotation | None = None


@dataclass(frozen=True)
class Used:
    """Where one term is used; `settled` where a contested one is used as though it weren't."""

    uses: list[Use]
    settled: list[Use]

    @property
    def counted(self) -> list[str]:
        """How often, by what: “3 findings”."""
        kinds = dict.fromkeys(use.what for use in self.uses)
        counts = {what: sum(use.what == what for use in self.uses) for what in kinds}
        return [f"{count} {what}{'' if count == 1 else 's'}" for what, count in counts.items()]


class Texts:
    """All texts of a workshop that `actor` may read. As many queries for many as for one."""

    def __init__(self, actor: Participant) -> None:
        self._actor = actor

    @cached_property
    def _all(self) -> list[Use]:
        return [*self._own(), *contributed("annotations:term-uses", actor=self._actor)]

    def used(self, term: Term) -> Used:
        """Return where `term` is used."""
        uses = [use for use in self._all if says(use.text, term.name)]
        contested = term.status == TermStatus.CONTESTED
        return Used(uses, [use for use in uses if contested and _settles(use, term)])

    def _own(self) -> Iterator[Use]:
        slug = self._actor.workshop.slug
        for theme in themes_visible_to(self._actor):
            url = reverse("themes:detail", args=[slug, theme.pk])
            # A heading claims nothing; what sums up does.
            yield Use("theme", theme.title, url, claims=False)
            if theme.summary:
                yield Use("summary", theme.summary, url)
        for row in annotations_visible_to(self._actor).prefetch_related("positions"):
            url = f"{reverse('themes:detail', args=[slug, row.theme_id])}#annotation-{row.pk}"
            yield Use("finding", row.claim, url, annotation=row)
            for side in row.positions.all():
                yield Use("position", side.text, url, claims=False)
        for note in notes_visible_to(self._actor):
            url = reverse("notes:history", args=[slug, note.pk])
            yield Use("note", note.text, url, claims=False)


def settled_in(annotation: Annotation, terms: Iterable[Term]) -> list[Term]:
    """Return those of the contested `terms` that `annotation` uses as though they were settled."""
    use = Use("finding", annotation.claim, "", annotation=annotation)
    return [term for term in terms if says(use.text, term.name) and _settles(use, term)]


def says(text: str, name: str) -> bool:
    """Say whether `text` uses the word or words `name`."""
    return re.search(_word(name), text, re.IGNORECASE) is not None


def _settles(use: Use, term: Term) -> bool:
    if not use.claims or not _unquoted(use.text, term.name):
        return False
    row = use.annotation
    if row is None:
        return True
    return row.pk != term.annotation_id and row.kind not in _UNSETTLED and row.about != About.TERMS


def _unquoted(text: str, name: str) -> bool:
    """Whether the word stands there bare: in quotation marks it is spoken of, not used."""
    return any(
        not text[: found.start()].endswith(QUOTED)
        for found in re.finditer(_word(name), text, re.IGNORECASE)
    )


def _word(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}(?!\w)"
