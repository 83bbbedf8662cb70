"""Terms with their senses, as a workshop's file tells them."""

from dataclasses import dataclass
from typing import Any

from apps.annotations.models import Sense, Term, TermStatus
from apps.annotations.records.shared import WHO, named
from apps.annotations.selectors import terms_visible_to
from apps.core.documents import (
    Choice,
    Field,
    One,
    Reading,
    Record,
    Section,
    Text,
    Unfit,
    Writing,
)
from apps.core.documents.fields import ids_in, keys_of, put_many


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


def _terms(writing: Writing) -> list[Any]:
    found = terms_visible_to(writing.viewer).order_by("order", "created_at")
    found = found.prefetch_related(None).prefetch_related(named("senses__holders", writing))
    terms = list(found)
    for term in terms:
        senses = list(term.senses.all())
        if _only_one(senses, writing):
            vars(term)["_sense"] = senses[0].text
    return terms


def _senses(writing: Writing) -> Any:
    found = Sense.objects.filter(term__in=writing.rows["terms"])
    found = found.order_by("order", "created_at")
    senses = list(found.prefetch_related(named("holders", writing)))
    under: dict[Any, list[Sense]] = {}
    for sense in senses:
        under.setdefault(sense.term_id, []).append(sense)
    return [each for each in senses if not _only_one(under[each.term_id], writing)]


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
