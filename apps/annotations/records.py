"""What was found, as a workshop's file tells it: annotations, terms, and comments on them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from apps.annotations.models import (
    About,
    Annotation,
    AnnotationComment,
    Basis,
    Certainty,
    Evidence,
    Held,
    Kind,
    Modality,
    Polarity,
    Position,
    Quantifier,
    Sense,
    Stance,
    Strength,
    Term,
    TermStatus,
)
from apps.annotations.quantifying import how_many
from apps.annotations.selectors import annotations_visible_to, terms_visible_to
from apps.core.contributions import contribute
from apps.core.documents import (
    Choice,
    Field,
    Many,
    Moment,
    Number,
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
from apps.participants.selectors.attribution import (
    Attribution,
    Everybody,
    groups_in_file,
    numbers_are_names,
)
from apps.themes.models import Comment, CommentKind, CommentState
from apps.themes.selectors import comments_visible_to
from apps.workshops.attribution import leaves_no_trace
from apps.workshops.models import Role

# Names by which files elsewhere say who said something, which is kept on the record alone.
WHO = frozenset(
    {"speaker", "speakers", "said_by", "spoken_by", "by", "person", "participant", "participants"}
)
NO_BASIS = "A consensus says how it is known. “The rapporteur’s inference” takes the place."


@dataclass(frozen=True)
class Counted(Number):
    """A number of people, where it gives nobody away: else the word for it is told."""

    strict: bool = True
    private = True

    def get(self, row: Any) -> Any:
        return None if _discreet(row) else super().get(row)


@dataclass(frozen=True)
class HowMany(Choice):
    """How many, in a word: as it was estimated, or the word for numbers that aren't told."""

    def get(self, row: Any) -> Any:
        counted = row.counted is not None and _discreet(row)
        return how_many(row).amount if counted else row.quantifier


def _discreet(row: Held) -> bool:
    annotation: Any = row.annotation if isinstance(row, Position) else row
    return numbers_are_names(annotation.workshop, annotation.session)


@dataclass(frozen=True)
class Holders(Field):
    """Who holds a sense: groups, and others in words."""

    linked = True

    def read(self, value: Any, row: Any, reading: Reading) -> Any:
        groups, words = [], []
        for each in ids_in(value):
            if each in {record.rest.key for record in reading.records.get("groups", [])}:
                groups.append(reading.find(each, ["groups"])[1])  # type: ignore[index]
            else:
                words.append(each)
        if len(words) > 1:
            raise Unfit("should be groups, and in words at most one more.")
        return groups, self.cleaned_words(words, row)

    def cleaned_words(self, words: list[str], row: Any) -> str:
        """Return whoever is named in words."""
        longest = row._meta.get_field("used_by").max_length
        if words and len(words[0]) > longest:
            raise Unfit(f"has more than {longest} characters.")
        return words[0] if words else ""

    def put(self, row: Any, value: Any, reading: Reading) -> None:
        groups, row.used_by = value or ([], "")
        put_many(row, "holders", groups, reading)

    def get(self, row: Any) -> Any:
        return list(row.holders.all()), row.used_by

    def told(self, value: Any, book: Any) -> Any:
        groups, words = value or ([], "")
        return keys_of(groups, book) + ([words] if words else [])


@dataclass(frozen=True)
class OneSense(Field):
    """The sense of a term that has but one, said beside the term."""

    linked = True

    def read(self, value: Any, row: Any, reading: Reading) -> Any:
        if not isinstance(value, str):
            raise Unfit("should be a text.")
        if any(each.around and each.around.row is row for each in reading.records["senses"]):
            raise Unfit("stands beside several senses: it isn’t one of them.")
        return value

    def put(self, row: Any, value: Any, reading: Reading) -> None:
        record = next(each for each in reading.records["terms"] if each.row is row)
        if value:
            reading.gather_one(SENSES, {"text": value}, record)

    def get(self, row: Any) -> Any:
        return getattr(row, "_sense", "")


def _only_one(senses: list[Sense], writing: Writing) -> bool:
    """Say whether a term has one sense and nothing more to say of it."""
    if len(senses) != 1 or senses[0].used_by or senses[0].note_id:
        return False
    if senses[0].holders.all():
        return False
    return not writing.kept("senses", senses[0])


def _in_order(row: Any, record: Record, _reading: Reading) -> None:
    row.order = record.index + 1


def _annotation(row: Annotation, record: Record, reading: Reading) -> None:
    row.order = record.index + 1
    if row.kind == Kind.CONSENSUS and not row.basis:
        row.basis = Basis.RAPPORTEUR
        record.keep("basis", None, str(row.basis), NO_BASIS)
        reading.notices.append(Problem(record.where("basis"), NO_BASIS))


def _position(row: Position, record: Record, reading: Reading) -> None:
    row.order = record.index + 1
    assert record.around is not None  # noqa: S101 - it stands in an annotation
    if row.answers is not None and row.answers.annotation_id != record.around.row.pk:
        reading.problems.append(Problem(record.where("answers"), "is of another annotation."))


def _evidence(row: Evidence, record: Record, reading: Reading) -> None:
    assert record.around is not None  # noqa: S101 - it stands in an annotation
    if row.position is not None and row.position.annotation_id != record.around.row.pk:
        reading.problems.append(Problem(record.where("position"), "is of another annotation."))


def _comment(row: Comment, record: Record, reading: Reading) -> None:
    annotation = getattr(row, "_about", None)
    if annotation is not None and annotation.theme_id is None:
        return
    if annotation is not None:
        row.theme = annotation.theme
        reading.also.append(AnnotationComment(comment=row, annotation=annotation, theme=row.theme))
    elif row.theme_id is None:
        reading.problems.append(Problem(record.where("theme"), "is needed, or an annotation."))
        return
    if row.reply_to is not None and row.reply_to.theme_id != row.theme_id:
        reading.problems.append(Problem(record.where("reply_to"), "is about another theme."))
    row.created_at = row.created_at + dt.timedelta(microseconds=record.index)
    if not row.written_as:
        row.written_as = row.author.role if row.author else Role.PARTICIPANT
    if row.written_as != Role.PARTICIPANT or leaves_no_trace(reading.scope):
        row.group = None


@dataclass(frozen=True)
class AboutAnnotation(One):
    """The annotation of its theme that a comment is about, if it isn't about the whole."""

    def put(self, row: Any, value: Any, reading: Reading) -> None:
        row._about = value

    def get(self, row: Any) -> Any:
        about = getattr(row, "about_annotation", None)
        return about.annotation_id if about else None


@dataclass(frozen=True)
class By(One):
    """The author of a comment, taken where the file is the site's own, and never told."""

    private = True

    def put(self, row: Any, value: Any, reading: Reading) -> None:
        row.author = value if reading.context.get("trusted") else None

    def get(self, row: Any) -> Any:
        return None


@dataclass(frozen=True)
class Unsaid(Moment):
    """A time that is taken, and never told."""

    private = True

    def get(self, row: Any) -> Any:
        return None


def _named(relation: str, writing: Writing) -> Any:
    """Return how to fetch the groups that may be named."""
    return Prefetch(relation, groups_in_file(writing.scope))


def _annotations(writing: Writing) -> Any:
    found = annotations_visible_to(writing.viewer).order_by("order", "created_at")
    found = found.select_related("workshop", "session")
    return found.prefetch_related(None).prefetch_related(_named("holders", writing))


def _positions(writing: Writing) -> Any:
    found = Position.objects.filter(annotation__in=writing.rows["annotations"])
    found = found.select_related("annotation__workshop", "annotation__session")
    return found.order_by("order", "created_at").prefetch_related(_named("holders", writing))


def _cited(writing: Writing) -> list[Evidence]:
    notes = {note.pk for note in writing.rows["notes"]}
    found = Evidence.objects.filter(annotation__in=writing.rows["annotations"])
    return [
        each for each in found.order_by("note__sequence", "created_at") if each.note_id in notes
    ]


def _terms(writing: Writing) -> list[Any]:
    found = terms_visible_to(writing.viewer).order_by("order", "created_at")
    found = found.prefetch_related(None).prefetch_related(_named("senses__holders", writing))
    terms = list(found)
    for term in terms:
        senses = list(term.senses.all())
        if _only_one(senses, writing):
            vars(term)["_sense"] = senses[0].text
    return terms


def _senses(writing: Writing) -> Any:
    found = Sense.objects.filter(term__in=writing.rows["terms"])
    found = found.order_by("order", "created_at")
    senses = list(found.prefetch_related(_named("holders", writing)))
    under: dict[Any, list[Sense]] = {}
    for sense in senses:
        under.setdefault(sense.term_id, []).append(sense)
    return [each for each in senses if not _only_one(under[each.term_id], writing)]


def _comments(writing: Writing) -> list[Comment]:
    attribution = Attribution(Everybody(writing.scope))
    found = comments_visible_to(writing.viewer).filter(hidden_at=None, reply_to__hidden_at=None)
    rows = list(found.order_by("created_at").select_related("about_annotation"))
    for comment in rows:
        comment.group_id = attribution.group_id(comment.group_id)
    return rows


POSITIONS = Section(
    name="positions",
    noun="position",
    prefix="z",
    model=Position,
    rows=_positions,
    settle=_position,
    inside="annotation",
    never=WHO,
    fields=(
        Text("label"),
        Text("text"),
        Flag("unrecorded"),
        Choice("polarity", choices=Polarity),
        One("answers", to="positions", strict=True),
        HowMany("quantifier", choices=Quantifier),
        Counted("counted"),
        Counted("counted_of"),
        Many("groups", "holders", also=("group", "holders"), to="groups"),
        Text("reasons_for"),
        Text("reasons_against"),
        Flag("minority"),
    ),
)
EVIDENCE = Section(
    name="evidence",
    noun="evidence",
    prefix="e",
    model=Evidence,
    rows=_cited,
    settle=_evidence,
    inside="annotation",
    never=WHO,
    fields=(
        One("note", to="notes", required=True),
        One("position", to="positions", strict=True),
        Choice("stance", choices=Stance, strict=True),
    ),
)
ANNOTATIONS = Section(
    name="annotations",
    noun="annotation",
    prefix="a",
    model=Annotation,
    rows=_annotations,
    settle=_annotation,
    children=(POSITIONS, EVIDENCE),
    never=WHO,
    fields=(
        One("theme", to="themes", required=True),
        Choice("kind", choices=Kind, default=Kind.OBSERVATION),
        Text("claim", required=True),
        Choice("about", choices=About),
        Choice("modality", choices=Modality, default=Modality.IS),
        Choice("strength", choices=Strength),
        Choice("basis", choices=Basis),
        Choice("certainty", choices=Certainty),
        HowMany("quantifier", choices=Quantifier),
        Counted("counted"),
        Counted("counted_of"),
        Many("groups", "holders", also=("holders",), to="groups"),
        Text("scope_conditions"),
        One("session", to="sessions"),
    ),
)
SENSES = Section(
    name="senses",
    noun="sense",
    prefix="v",
    model=Sense,
    rows=_senses,
    settle=_in_order,
    inside="term",
    never=WHO,
    fields=(Text("text", required=True), Holders("holders"), One("note", to="notes")),
)
TERMS = Section(
    name="terms",
    noun="term",
    prefix="w",
    model=Term,
    rows=_terms,
    settle=_in_order,
    children=(SENSES,),
    fields=(
        Text("term", "name", also=("name",), required=True),
        Choice(
            "status",
            choices=TermStatus,
            words={"agreed_for_memo": TermStatus.AGREED},
            default=TermStatus.CONTESTED,
        ),
        OneSense("sense"),
        One("annotation", to="annotations"),
    ),
)
COMMENTS = Section(
    name="comments",
    noun="comment",
    prefix="c",
    model=Comment,
    rows=_comments,
    settle=_comment,
    closed=True,
    fields=(
        One("theme", to="themes"),
        AboutAnnotation("annotation", to="annotations"),
        One("reply_to", to="comments"),
        Choice("kind", choices=CommentKind, default=CommentKind.REMARK),
        Text("text", required=True),
        Choice("state", choices=CommentState, default=CommentState.OPEN),
        Text("reason", "decision"),
        Choice("written_as", choices=Role),
        One("group", to="groups"),
        By("by", "author", to="people"),
        Unsaid("at", "created_at"),
    ),
)


@contribute("workshop:records", order=50)
def records() -> Iterator[Section]:
    """Say what the file lists of findings, and of what is said of them."""
    yield from (ANNOTATIONS, TERMS, COMMENTS)
