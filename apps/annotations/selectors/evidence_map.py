"""Every finding between agreement and divergence: the day on one page."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from django.db.models import Count, Prefetch, Q
from django.urls import reverse

from apps.annotations import wording
from apps.annotations.doubts import doubts
from apps.annotations.models import SIDED, About, Annotation, Basis, Kind, Stance, Strength
from apps.annotations.selectors.findings import annotations_visible_to
from apps.annotations.tested import Tested, tested
from apps.notes.models import standing
from apps.participants.models import Group, Participant
from apps.participants.selectors import groups_shown_to
from apps.themes.models import Theme
from apps.themes.selectors import Outline

COUNTED = {Basis.COUNT, Basis.SHOW_OF_HANDS}
NOT_SAID = "none"
BY = {"theme": "Theme", "group": "Group", "about": "What it is about"}


class Place(Enum):
    """Where a finding stands between agreement and divergence: its name, and how it is drawn."""

    AGREED = "agreed", "Agreed", "agree"
    BROADLY = "broadly", "Broadly agreed", "agree"
    PARTLY = "partly", "Partly agreed", "agree"
    NEITHER = "neither", "Neither", "neither"
    GROUPS = "groups", "Groups differ", "groups"
    VIEWS = "views", "Views differ", "views"

    def __init__(self, key: str, label: str, shape: str) -> None:
        self.key, self.label, self.shape = key, label, shape


AGREEING = (Place.AGREED, Place.BROADLY, Place.PARTLY)
DIFFERING = (Place.GROUPS, Place.VIEWS)


@dataclass(frozen=True)
class Mapped:
    """A finding in its place: who holds it, how it is known, and what speaks against its label."""

    annotation: Annotation
    place: Place
    who: str
    basis: str
    groups: tuple[Group, ...]
    supporting: int
    against: int
    illustrating: int
    doubts: list[str]
    # What the room's answers say of it.
    tested: Tested | None = None

    @property
    def kind(self) -> str:
        """The kind as the name of its shape."""
        return self.annotation.kind.replace("_", "-")

    @property
    def note_count(self) -> int:
        """How many notes it rests on, or that speak against it."""
        return self.supporting + self.against + self.illustrating


@dataclass(frozen=True)
class Row:
    """A theme, a group or a topic, with its findings from agreement to divergence."""

    label: str
    findings: list[Mapped]
    url: str = ""

    def at(self, place: Place) -> list[Mapped]:
        """Return the findings in one place."""
        return [finding for finding in self.findings if finding.place == place]


@dataclass(frozen=True)
class Asked:
    """What of the map is asked for; empty for all."""

    by: str = "theme"
    theme: uuid.UUID | None = None
    group: uuid.UUID | None = None
    about: str = ""
    doubted: bool = False


class EvidenceMap:
    """The findings that `actor` may read. As many queries for three hundred as for one."""

    def __init__(self, actor: Participant) -> None:
        self.actor = actor
        self.groups = list(groups_shown_to(actor))
        self.themes = [theme for theme, _ in Outline(actor).in_order()]
        order = {theme.pk: place for place, theme in enumerate(self.themes)}
        places = list(Place)
        annotations = list(_annotations(actor))
        by_answers = tested(actor, annotations)
        self.findings = sorted(
            (_mapped(each, by_answers.get(each.pk)) for each in annotations),
            key=lambda each: (order[each.annotation.theme_id], places.index(each.place)),
        )

    def found(self, asked: Asked) -> list[Mapped]:
        """Return the findings that are asked for, by theme and from agreement to divergence."""
        about = "" if asked.about == NOT_SAID else asked.about
        return [
            each
            for each in self.findings
            if asked.theme in {None, each.annotation.theme_id}
            and (asked.group is None or asked.group in {group.pk for group in each.groups})
            and (not asked.about or each.annotation.about == about)
            and (each.doubts or not asked.doubted)
        ]

    def rows(self, findings: list[Mapped], by: str) -> list[Row]:
        """Return `findings` by theme, group or topic; a finding of two groups stands twice."""
        if by == "group":
            return list(self._by_group(findings))
        if by == "about":
            return list(_by_about(findings))
        return list(self._by_theme(findings))

    def _by_theme(self, findings: list[Mapped]) -> Iterator[Row]:
        for theme in self.themes:
            of_theme = [each for each in findings if each.annotation.theme_id == theme.pk]
            if of_theme:
                yield Row(theme.title, of_theme, self._page(theme))

    def _by_group(self, findings: list[Mapped]) -> Iterator[Row]:
        for group in self.groups:
            of_group = [each for each in findings if group in each.groups]
            if of_group:
                yield Row(wording.capitalised(group.plural), of_group)
        nobodys = [each for each in findings if not each.groups]
        if nobodys:
            yield Row("No group named", nobodys)

    def _page(self, theme: Theme) -> str:
        return reverse("themes:detail", args=[self.actor.workshop.slug, theme.pk])


def headline(findings: list[Mapped]) -> str:
    """Return what the map shows, in a few words."""
    agreed = sum(each.place in AGREEING for each in findings)
    differing = sum(each.place in DIFFERING for each in findings)
    if not agreed and not differing:
        return "Nothing is agreed or disputed so far"
    if not differing:
        return f"Nothing is disputed: {_counted(agreed, 'agreement')}"
    if not agreed:
        return f"Nothing is agreed: {_counted(differing, 'difference')}"
    counts = f"{_counted(agreed, 'agreement')}, {_counted(differing, 'difference')}"
    if agreed == differing:
        return f"As much is agreed as disputed: {counts}"
    return f"{'More' if agreed > differing else 'Less'} is agreed than disputed: {counts}"


def summary(findings: list[Mapped]) -> str:
    """Return a sentence about what the findings rest on."""
    themes = len({each.annotation.theme_id for each in findings})
    agreed = [each for each in findings if each.place in AGREEING]
    counted = sum(each.annotation.basis in COUNTED for each in agreed)
    loose = sum(not each.note_count for each in findings)
    doubted = sum(bool(each.doubts) for each in findings)
    parts = [f"{_counted(len(findings), 'finding')} in {_counted(themes, 'theme')}"]
    if agreed:
        parts.append(f"{counted or 'none'} of {_counted(len(agreed), 'agreement')} counted")
    parts.append(f"{loose or 'none'} without a note to rest on")
    if doubted:
        parts.append(f"{doubted} whose label and basis disagree")
    return wording.closed("; ".join(parts))


def _annotations(actor: Participant) -> Iterable[Annotation]:
    groups = groups_shown_to(actor)
    notes = {
        f"notes_{stance}": Count(
            "evidence__note",
            distinct=True,
            filter=standing("evidence__note__") & Q(evidence__stance=stance),
        )
        for stance in Stance.values
    }
    return (
        annotations_visible_to(actor)
        .annotate(**notes)
        .prefetch_related(Prefetch("holders", groups), Prefetch("positions__holders", groups))
        .order_by("order", "created_at")
    )


def _mapped(annotation: Annotation, by_answers: Tested | None) -> Mapped:
    sides = list(annotation.positions.all())
    counts = {stance: getattr(annotation, f"notes_{stance}") for stance in Stance.values}
    who = wording.holders_of(annotation)
    if not who:
        who = " · ".join(filter(None, wording.holders_of_positions(sides)))
    groups = [*annotation.holders.all(), *(g for side in sides for g in side.holders.all())]
    supporting, against = counts[Stance.SUPPORTS], counts[Stance.AGAINST]
    return Mapped(
        annotation=annotation,
        place=_place(annotation),
        who=who,
        basis=wording.basis_phrase(annotation),
        groups=tuple(dict.fromkeys(groups)),
        supporting=supporting,
        against=against,
        illustrating=counts[Stance.ILLUSTRATES],
        doubts=[
            *doubts(annotation, supporting=supporting, against=against),
            *([by_answers.sentence] if by_answers and by_answers.contradicts else []),
        ],
        tested=by_answers,
    )


def _place(annotation: Annotation) -> Place:
    if annotation.kind == Kind.CONSENSUS:
        by_strength = {Strength.CONSENSUS: Place.AGREED, Strength.PARTIAL: Place.PARTLY}
        return by_strength.get(Strength(annotation.strength or "general"), Place.BROADLY)
    if annotation.kind == Kind.GROUP_DIFFERENCE:
        return Place.GROUPS
    return Place.VIEWS if annotation.kind in SIDED else Place.NEITHER


def _by_about(findings: list[Mapped]) -> Iterator[Row]:
    for value, label in [*About.choices, ("", "Not said")]:
        of_topic = [each for each in findings if each.annotation.about == value]
        if of_topic:
            yield Row(str(label), of_topic)


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
