"""Where terms are used: in findings, summaries, notes, and in what other apps say of theirs."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from django.db.models import Prefetch
from django.urls import reverse

from apps.annotations.models import SIDED, About, Annotation, Kind, Position, Term, TermStatus
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
    # Asked only where it is shown: most texts use none of the terms.
    address: Callable[[], str]
    claims: bool = True
    # The finding that it is, whose own terms it may speak of.
    annotation: Annotation | None = None

    @property
    def url(self) -> str:
        """Where it stands."""
        return self.address()

    @cached_property
    def folded(self) -> str:
        """The text without the difference between capitals and small letters."""
        return self.text.casefold()

    def says(self, name: str) -> bool:
        """Say whether the text uses the word or words `name`."""
        name = name.casefold()
        return name in self.folded and re.search(_word(name), self.folded) is not None

    def settles(self, term: Term) -> bool:
        """Say whether the text, which uses `term`, does so as though it were settled."""
        if not self.claims or not self._says_unquoted(term.name.casefold()):
            return False
        row = self.annotation
        if row is None:
            return True
        told_apart = row.kind in _UNSETTLED or row.about == About.TERMS
        return row.pk != term.annotation_id and not told_apart

    def _says_unquoted(self, name: str) -> bool:
        """Whether the word stands there bare: in quotation marks it is spoken of, not used."""
        return any(
            not self.folded[: found.start()].endswith(QUOTED)
            for found in re.finditer(_word(name), self.folded)
        )


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
        uses = [use for use in self._all if use.says(term.name)]
        contested = term.status == TermStatus.CONTESTED
        return Used(uses, [use for use in uses if contested and use.settles(term)])

    def _own(self) -> Iterator[Use]:
        slug = self._actor.workshop.slug
        themes = list(themes_visible_to(self._actor))
        pages = {each.pk: reverse("themes:detail", args=[slug, each.pk]) for each in themes}
        for theme in themes:
            there = partial(str, pages[theme.pk])
            # A heading claims nothing; what sums up does.
            yield Use("theme", theme.title, there, claims=False)
            if theme.summary:
                yield Use("summary", theme.summary, there)
        # A theme that was added since the themes were read is left for the next reading.
        rows = annotations_visible_to(self._actor).filter(theme__in=pages).select_related(None)
        rows = rows.only("workshop", "theme", "kind", "about", "claim")
        sides = Position.objects.only("annotation", "text")
        for row in rows.prefetch_related(Prefetch("positions", sides)):
            there = partial(str, f"{pages[row.theme_id]}#annotation-{row.pk}")
            yield Use("finding", row.claim, there, annotation=row)
            for side in row.positions.all():
                yield Use("position", side.text, there, claims=False)
        notes = notes_visible_to(self._actor).select_related(None).only("sequence", "text")
        for note in notes:
            there = partial(reverse, "notes:history", args=[slug, note.pk])
            yield Use("note", note.text, there, claims=False)


def settled_in(annotation: Annotation, terms: Iterable[Term]) -> list[Term]:
    """Return those of the contested `terms` that `annotation` uses as though they were settled."""
    use = Use("finding", annotation.claim, str, annotation=annotation)
    return [term for term in terms if use.says(term.name) and use.settles(term)]


def _word(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}(?!\w)"
