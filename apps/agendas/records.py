"""What of the agenda stands in a workshop's file: research questions and outcomes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from apps.agendas.models import (
    ENDS,
    Link,
    LinkKind,
    Outcome,
    OutcomeKind,
    OutcomeState,
    QuestionKind,
    ResearchQuestion,
)
from apps.agendas.selectors import outcomes_visible_to, questions_visible_to
from apps.annotations.models import Basis, Modality, Strength
from apps.core.contributions import contribute
from apps.core.documents import (
    Choice,
    Day,
    Field,
    Mixed,
    One,
    Problem,
    Reading,
    Record,
    Section,
    Text,
    Unfit,
    Writing,
)
from apps.core.documents.fields import Flag, ids_in, keys_of, put_many
from apps.core.documents.reading import Spared
from apps.participants.selectors.attribution import groups_in_file

BETWEEN = "; "


@dataclass(frozen=True)
class Addressees(Field):
    """To whom an outcome is addressed: groups by their id or name, and others in words."""

    linked = True

    def read(self, value: Any, row: Any, reading: Reading) -> Any:
        groups, words = [], []
        known = {
            key: group for group in reading.rows("groups") for key in self._names(group, reading)
        }
        for each in ids_in(value):
            if each in known:
                groups.append(known[each])
            else:
                words.append(each)
        longest = row._meta.get_field("addressee").max_length
        joined = BETWEEN.join(words)
        if len(joined) > longest:
            raise Unfit(f"has more than {longest} characters.")
        return groups, joined

    def put(self, row: Any, value: Any, reading: Reading) -> None:
        groups, row.addressee = value or ([], "")
        put_many(row, "addressees", groups, reading)

    def get(self, row: Any) -> Any:
        return list(row.addressees.all()), row.addressee

    def told(self, value: Any, book: Any) -> Any:
        groups, words = value or ([], "")
        return keys_of(groups, book) + (words.split(BETWEEN) if words else [])

    def _names(self, group: Any, reading: Reading) -> list[str]:
        return [group.plural, *([reading.key(group.pk)] if reading.key(group.pk) else [])]


def _question(row: ResearchQuestion, record: Record, reading: Reading) -> None:
    row.order = record.index + 1
    reading.flatten(record, "parent")
    if row.example and row.parent_id is None:
        text = "An example needs the question that it is one of."
        reading.problems.append(Problem(record.where("example"), text))


def _outcome(row: Outcome, record: Record, _reading: Reading) -> None:
    row.order = record.index + 1


def _questions(writing: Writing) -> Any:
    found = questions_visible_to(writing.viewer).order_by("order", "created_at")
    return found.prefetch_related(None).prefetch_related(
        "origin_themes", "origin_annotations", "origin_terms"
    )


def _outcomes(writing: Writing) -> Any:
    found = outcomes_visible_to(writing.viewer).order_by("order", "created_at")
    return found.prefetch_related(None).prefetch_related(
        Prefetch("addressees", groups_in_file(writing.scope)),
        "rests_on_themes",
        "rests_on_annotations",
    )


QUESTIONS = Section(
    name="research_questions",
    noun="research question",
    prefix="r",
    model=ResearchQuestion,
    rows=_questions,
    settle=_question,
    tree="parent",
    fields=(
        Text("text", required=True),
        One("parent", to="research_questions"),
        Flag("example"),
        Choice("kind", choices=QuestionKind),
        Mixed(
            "origins",
            among=(
                ("themes", "origin_themes"),
                ("annotations", "origin_annotations"),
                ("terms", "origin_terms"),
            ),
        ),
        Flag("new"),
    ),
)
OUTCOMES = Section(
    name="outcomes",
    noun="outcome",
    prefix="k",
    model=Outcome,
    rows=_outcomes,
    settle=_outcome,
    fields=(
        Choice("kind", choices=OutcomeKind, default=OutcomeKind.TAKEAWAY),
        Text("text", required=True),
        Text("heading"),
        Choice("modality", choices=Modality, default=Modality.IS),
        Choice("strength", choices=Strength),
        Choice("basis", choices=Basis),
        Mixed(
            "rests_on",
            among=(("themes", "rests_on_themes"), ("annotations", "rests_on_annotations")),
        ),
        Flag("new"),
        Addressees("addressees"),
        Text("owner"),
        Text("horizon"),
        Day("due"),
        Choice("state", choices=OutcomeState),
        One("printed_in", "listed_under", also=("listed_under",), to="themes"),
        Text("why_here"),
    ),
)


# The sections of what a link may begin at and lead to, by the ends of the model.
SECTIONS = {
    "annotation": "annotations",
    "position": "positions",
    "theme": "themes",
    "guiding_question": "guiding_questions",
    "research_question": "research_questions",
    "outcome": "outcomes",
}


@dataclass(frozen=True)
class End(Field):
    """Where a link begins, or leads to: any of several kinds of record, by its id."""

    default: Any = None

    def read(self, value: Any, row: Any, reading: Reading) -> Any:
        if not isinstance(value, str):
            raise Unfit("should be the id of another record.")
        found = reading.find(value, list(SECTIONS.values()))
        if found is None:
            raise Unfit("is the id of something that can’t be linked.")
        return found

    def put(self, row: Any, value: Any, reading: Reading) -> None:
        section, other = value
        name = next(name for name, each in SECTIONS.items() if each == section)
        setattr(row, f"{self.name}_{name}", other)

    def get(self, row: Any) -> Any:
        ids = (getattr(row, f"{self.name}_{name}_id") for name in ENDS)
        return next((pk for pk in ids if pk), None)

    def told(self, value: Any, book: Any) -> Any:
        return book.key(value) if value else None


def _link(row: Link, _record: Record, reading: Reading) -> None:
    ends = [[getattr(row, f"{side}_{name}_id") for name in ENDS] for side in ("source", "target")]
    here = (row.kind, *ends[0], *ends[1])
    seen = reading.context.setdefault("links", set())
    if ends[0] == ends[1] or here in seen:
        raise Spared("is there already, or leads from a thing to itself.")
    seen.add(here)


def _links(writing: Writing) -> list[Link]:
    found = Link.objects.filter(workshop=writing.scope).order_by("created_at")
    ends = [field.name for field in LINKS.fields if isinstance(field, End)]
    return [link for link in found if all(writing.key(End(end).get(link)) for end in ends)]


LINKS = Section(
    name="links",
    noun="link",
    prefix="l",
    model=Link,
    rows=_links,
    settle=_link,
    spares=True,
    fields=(
        End("source", required=True),
        Choice(
            "type",
            "kind",
            also=("kind",),
            choices=LinkKind,
            default=LinkKind.RELATES_TO,
        ),
        End("target", required=True),
        Text("phrase"),
    ),
)


@contribute("workshop:records", order=60)
def records() -> Iterator[Section]:
    """Say what the file lists of what the day came to."""
    yield from (QUESTIONS, OUTCOMES, LINKS)
