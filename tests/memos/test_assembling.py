"""From a workshop to the content of its memo."""

import json
from datetime import UTC, datetime

import pytest
from django.test.utils import CaptureQueriesContext

from apps.annotations.models import Annotation, Kind, Position
from apps.memos.assembling import assemble, digest, gather
from apps.memos.assembling.words import SMALL
from apps.memos.models import Memo
from apps.memos.workshop_file.example import example, load_example
from apps.notes.models import Mark, Note
from apps.participants.models import Listing, Naming, Participant
from apps.participants.services import change_oneself
from apps.themes.models import Placement, Theme
from apps.workshops.models import AttributionRule, Phase, Role, Session, Workshop
from tests.factories import (
    AnnotationFactory,
    CommentFactory,
    EvidenceFactory,
    GroupFactory,
    MemoFactory,
    NoteFactory,
    ParticipantFactory,
    PositionFactory,
    SessionFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

MADE_AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


def assembled(workshop, number=1):
    memo = Memo.objects.select_related("workshop").get(workshop=workshop)
    memo.workshop.refresh_from_db()
    return assemble(gather(memo), number=number, made_at=MADE_AT)


def blocks(content, kind):
    return [block for block in content["blocks"] if block["type"] == kind]


def headings(content):
    return [block["text"] for block in blocks(content, "heading")]


def text_of(part):
    """All strings of a part, but for ids."""
    if isinstance(part, dict):
        return " ".join(text_of(value) for key, value in part.items() if key != "id")
    if isinstance(part, list):
        return " ".join(text_of(each) for each in part)
    return str(part)


def walk(part, key):
    """Everything in the lists that stand under `key` in a part."""
    if isinstance(part, dict):
        found = part.get(key, [])
        return [*found, *(each for value in part.values() for each in walk(value, key))]
    return [each for one in part for each in walk(one, key)] if isinstance(part, list) else []


def themes_under(content, title):
    """The titles of the themes of one section."""
    found, within = [], False
    for block in content["blocks"]:
        if block["type"] == "heading":
            within = block["text"] == title
        elif within and block["type"] == "theme":
            found.append((block["title"], block["level"]))
    return found


def test_the_example_has_every_section_in_the_policy_memos_order(workshop):
    assert headings(assembled(workshop)) == [
        "Executive summary",
        "Introduction",
        "Areas of consensus",
        "Areas of divergence",
        "Contested and agreed terms",
        "Future research",
        "Key takeaways",
        "Recommendations",
        "How we know",
        "People and acknowledgements",
        "Annex: the notes",
        "Annex: the comments",
    ]


def test_themes_stand_where_their_annotations_put_them_unless_placed_by_hand(workshop):
    content = assembled(workshop)
    assert themes_under(content, "Areas of consensus") == [
        ("Words Matter, Contexts Matter", 2),
        ("Unpacking Assumptions", 2),
        ("Carrots, Sticks, or Something Else?", 2),
        ("Importance of Funding Authorities", 2),
    ]
    assert themes_under(content, "Areas of divergence") == [
        ("Conceptualization", 2),
        ("Influence", 3),
        ("Legitimacy & Consistency", 3),
        ("Intellectual Priorities of Scholars and Practitioners", 2),
    ]


def test_an_omitted_theme_is_nowhere_and_an_undecided_one_under_further_observations(workshop):
    words, authorities = workshop.themes.filter(title__regex="^(Words|Importance)").order_by(
        "-title"
    )
    words.placement = Placement.OMITTED
    words.save()
    authorities.annotations.update(kind=Kind.OBSERVATION)
    content = assembled(workshop)
    assert "Words Matter" not in text_of(
        [block for block in content["blocks"] if block["type"] in {"theme", "prose", "comments"}]
    )
    assert themes_under(content, "Further observations") == [(authorities.title, 2)]


def test_the_summary_says_what_when_where_how_many_and_what_came_of_it(workshop):
    summary = next(b for b in assembled(workshop)["blocks"] if b["id"] == "summary-text")
    told = text_of(summary)
    for part in (
        "27 scholars and practitioners", "13 May 2022", "Penn Biden Center", "two questions",
        "Three more", "agreement on six points", "differed on five points",
        "four questions for future research", "three key takeaways and two recommendations",
    ):  # fmt: skip
        assert part in told


def test_nothing_is_a_placeholder_or_empty(workshop):
    content = assembled(workshop)
    told = json.dumps(content, ensure_ascii=False)
    for placeholder in ("TODO", "[…]", "[...]", "None", "lorem", "{", "TBD"):
        assert placeholder not in text_of(content), placeholder
    assert '"text": ""' not in told
    runs = [run for block in blocks(content, "prose") for run in walk(block, "runs")]
    assert not any("  " in run["text"] for run in runs)


def test_findings_are_sentences_with_their_basis_and_their_notes(workshop):
    findings = [f for block in blocks(assembled(workshop), "theme") for f in block["findings"]]
    assert len(findings) == 19
    assert all(finding["sentence"].endswith(".") for finding in findings)
    assert all(finding["evidence"] or finding["positions"] for finding in findings)
    influence = next(f for f in findings if f["sentence"].startswith("Views differed on whether i"))
    assert [position["label"] for position in influence["positions"]] == ["A means", "An end"]
    assert all(position["evidence"] for position in influence["positions"])
    numbers = set(Note.objects.filter(workshop=workshop).values_list("sequence", flat=True))
    assert {n for f in findings for n in [*f["evidence"], *f["against"]]} <= numbers


def test_evidence_against_a_side_stands_with_that_side(workshop):
    annotation = workshop.annotations.filter(kind=Kind.DIVERGENCE).first()
    finding = next(
        f
        for block in blocks(assembled(workshop), "theme")
        for f in block["findings"]
        if f["id"] == f"annotation-{annotation.pk}"
    )
    side = annotation.positions.first()
    against = side.evidence.filter(stance="against").values_list("note__sequence", flat=True)
    assert against
    assert finding["positions"][0]["against"] == list(against)


def test_research_questions_come_with_parts_examples_and_where_they_come_from(workshop):
    (block,) = blocks(assembled(workshop), "research")
    assert len(block["items"]) == 4
    assert [len(item["parts"]) for item in block["items"]] == [0, 2, 1, 1]
    assert [part["example"] for item in block["items"] for part in item["parts"]] == [
        False, False, True, True,
    ]  # fmt: skip
    assert "Conceptualization; Influence" in block["items"][0]["origin"]
    assert "“consistency”" in block["items"][0]["origin"]
    assert block["items"][2]["origin"].startswith("New")


def test_names_of_people_stand_in_their_block_alone_and_only_as_they_chose(workshop):
    content = assembled(workshop)
    (people,) = blocks(content, "people")
    elsewhere = text_of([block for block in content["blocks"] if block is not people])
    for person in workshop.participants.filter(role=Role.PARTICIPANT):
        named = person.listing in {Listing.FULL, Listing.NAME}
        assert (person.display_name in text_of(people)) == named
        assert person.display_name not in elsewhere
        assert person.display_name.split()[-1] not in elsewhere
        row = next((row for row in people["rows"] if row["name"] == person.display_name), None)
        if row is not None:
            assert row["detail"] == (person.affiliation if person.listing == Listing.FULL else "")
    assert "seven practitioners" not in elsewhere
    assert "four scholars and five practitioners are listed without a name" in elsewhere.lower()


@pytest.mark.parametrize("kept_out", [{"consented_at": None}, {"removed_at": MADE_AT}])
def test_who_did_not_agree_or_was_removed_is_not_listed(workshop, kept_out):
    values = {"display_name": "Kept Out", "listing": Listing.FULL, "consented_at": MADE_AT}
    ParticipantFactory(workshop=workshop, **values | kept_out)
    assert "Kept Out" not in text_of(assembled(workshop))


def test_nobody_is_listed_nor_any_group_named_under_the_anonymous_rule(workshop):
    Workshop.objects.filter(pk=workshop.pk).update(attribution_rule=AttributionRule.ANONYMOUS)
    content = assembled(workshop)
    assert not blocks(content, "people")
    (notes,) = blocks(content, "notes")
    assert {note["who"] for session in notes["sessions"] for note in session["notes"]} == {""}
    apparatus = [
        [finding["basis"], [position["who"] for position in finding["positions"]]]
        for block in blocks(content, "theme")
        for finding in block["findings"]
    ]
    assert "scholars" not in text_of(apparatus)
    assert "27 participants" in text_of(content)


def test_quotations_are_withheld(workshop):
    quotes = list(workshop.notes.filter(mark=Mark.QUOTE))
    assert quotes
    told = text_of(assembled(workshop))
    for quote in quotes:
        assert quote.text not in told
    assert told.count("A quotation, withheld: printing it needs the speaker’s consent.") == len(
        quotes
    )


def test_quotations_on_the_record_are_printed_but_not_those_of_a_stricter_session(db):
    data = example()
    data["workshop"]["attribution_rule"] = "on_record"
    workshop = load_example(data)
    session = SessionFactory(workshop=workshop, attribution_rule=AttributionRule.CHATHAM_HOUSE)
    scholars = workshop.groups.get(plural="scholars")
    NoteFactory(session=session, mark=Mark.QUOTE, text="Said in confidence", group=scholars)
    loose = workshop.notes.filter(mark=Mark.QUOTE).first()
    content = assembled(workshop)
    assert loose.text in text_of(content)
    assert "Said in confidence" not in text_of(content)
    sessions = {each["title"]: each["notes"] for each in blocks(content, "notes")[0]["sessions"]}
    assert sessions[session.title][0]["who"] == "a scholar"


def test_a_quotation_is_printed_once_its_speaker_agreed_but_never_an_anonymous_one(workshop):
    quote, other = workshop.notes.filter(mark=Mark.QUOTE)[:2]
    Note.objects.filter(pk=quote.pk).update(may_be_printed=True)
    told = text_of(assembled(workshop))
    assert quote.text in told
    assert other.text not in told
    Workshop.objects.filter(pk=workshop.pk).update(attribution_rule=AttributionRule.ANONYMOUS)
    told = text_of(assembled(workshop))
    assert quote.text not in told
    assert "what was said was said anonymously" in told


@pytest.mark.parametrize("kept", [True, False])
def test_the_memo_says_whether_speakers_are_kept(kept):
    told = text_of(assembled(MemoFactory(workshop__keep_speakers=kept).workshop))
    assert ("Who said what is kept apart" in told) == kept
    assert ("Who said what isn’t stored" in told) == (not kept)


@pytest.mark.parametrize(
    ("choice", "shown"),
    [(Naming.YES, "Ana Ruiz"), (Naming.NO, "a scholar")],
)
def test_on_the_record_the_author_of_a_comment_is_named_who_agreed(choice, shown):
    data = example()
    data["workshop"]["attribution_rule"] = "on_record"
    workshop = load_example(data)
    author = workshop.groups.get(plural="scholars").members.first()
    change_oneself(actor=author, display_name="Ana Ruiz", attribution=choice)
    workshop.comments.all().delete()
    CommentFactory(theme=workshop.themes.first(), author=Participant.objects.get(pk=author.pk))
    (comments,) = blocks(assembled(workshop), "comments")
    assert {item["who"] for item in comments["items"]} == {shown}


def small_workshop(size):
    """A workshop with one group of `size` people who said, held and commented something."""
    group = GroupFactory(singular="envoy", plural="envoys")
    workshop = group.workshop
    MemoFactory(workshop=workshop)
    people = ParticipantFactory.create_batch(
        size, workshop=workshop, group=group, user=None, consented_at=MADE_AT
    )
    session = SessionFactory(workshop=workshop)
    note = NoteFactory(session=session, group=group)
    annotation = AnnotationFactory(theme=ThemeFactory(workshop=workshop), kind=Kind.DIVERGENCE)
    for position in PositionFactory.create_batch(2, annotation=annotation):
        position.holders.add(group)
    annotation.holders.add(group)
    EvidenceFactory(annotation=annotation, note=note)
    CommentFactory(theme=annotation.theme, author=people[0])
    return workshop


@pytest.mark.parametrize(("size", "named"), [(4, False), (5, True)])
def test_a_group_is_named_only_where_five_people_belong_to_it(size, named):
    told = text_of(assembled(small_workshop(size))).lower()
    assert ("envoy" in told) == named


def test_the_record_is_printed_only_if_wanted(workshop):
    Memo.objects.filter(workshop=workshop).update(with_record=False)
    content = assembled(workshop)
    assert not blocks(content, "notes")
    assert not blocks(content, "comments")
    assert "printed at the end" not in text_of(content)


def test_what_is_said_of_a_draft_is_not_printed(workshop):
    draft = workshop.comments.filter(reply_to=None).first().theme
    said = set(draft.comments.values_list("text", flat=True))
    Theme.objects.filter(pk=draft.pk).update(published_at=None)
    content = assembled(workshop)
    (comments,) = blocks(content, "comments")
    assert comments["items"]
    assert not said & {item["text"] for item in comments["items"]}


def test_comments_carry_a_label_and_their_answer(workshop):
    (comments,) = blocks(assembled(workshop), "comments")
    assert len(comments["items"]) == 9
    assert {item["who"] for item in comments["items"]} == {
        "a scholar", "a practitioner", "the rapporteur",
    }  # fmt: skip
    declined = next(item for item in comments["items"] if item["state"] == "Declined")
    assert declined["answer"]


def test_a_draft_is_called_so_until_the_workshop_is_published(workshop):
    content = assembled(workshop, number=3)
    assert (content["draft"], content["version"]) == (True, "Draft 3")
    Workshop.objects.filter(pk=workshop.pk).update(phase=Phase.PUBLISHED)
    content = assembled(workshop, number=3)
    assert (content["draft"], content["version"]) == (False, "Version 3")
    assert content["notice"].startswith("This workshop is an illustration: its findings follow")


def test_the_same_material_gives_the_same_content(workshop):
    first, second = assembled(workshop), assembled(workshop)
    assert first == second
    assert digest(first) == digest(json.loads(json.dumps(second)))
    assert digest(first) != digest(assembled(workshop, number=2))


def test_block_ids_are_stable_and_unique(workshop):
    content = assembled(workshop)
    ids = [block["id"] for block in content["blocks"]]
    assert len(ids) == len(set(ids))
    theme = workshop.themes.first()
    assert f"theme-{theme.pk}" in ids


def test_it_takes_as_many_queries_for_a_day_as_for_nothing(workshop, django_assert_num_queries):
    empty = MemoFactory(workshop__number_present=None).workshop
    counts = []
    for each in (small_workshop(5), workshop):
        memo = Memo.objects.select_related("workshop").get(workshop=each)
        with CaptureQueriesContext(connection()) as queries:
            gather(memo)
        counts.append(len(queries))
        material = gather(memo)
        with django_assert_num_queries(0):
            assemble(material, number=1, made_at=MADE_AT)
    # Things that the small one hasn't (terms, questions, outcomes, replies) are prefetched.
    assert counts[1] - counts[0] <= 12
    assert headings(assembled(empty)) == ["Executive summary", "Introduction", "How we know"]


def connection():
    from django.db import connection as default

    return default


def test_markup_in_any_text_is_text(workshop):
    hostile = '#read("/etc/passwd") <script>alert(1)</script> *bold* $x$'
    Annotation.objects.filter(workshop=workshop).update(claim=hostile)
    Position.objects.filter(annotation__workshop=workshop).update(text=hostile)
    assert "<script>alert(1)</script>" in text_of(assembled(workshop))


def evidence_numbers(content):
    """All numbers by which the findings of a memo cite notes."""
    return {
        number
        for key in ("evidence", "against")
        for theme in blocks(content, "theme")
        for number in walk(theme, key)
    }


def test_notes_of_a_session_that_is_not_reported_stand_nowhere(workshop):
    before = assembled(workshop)
    session = workshop.sessions.filter(notes__evidence__isnull=False).first()
    numbers = set(session.notes.values_list("sequence", flat=True))
    cited = evidence_numbers(before)
    assert numbers & cited
    assert session.title in text_of(blocks(before, "notes"))
    Session.objects.filter(pk=session.pk).update(reported=False)
    after = assembled(workshop)
    printed = {note["number"] for note in walk(blocks(after, "notes"), "notes")}
    assert printed == set(
        workshop.notes.exclude(session=session).values_list("sequence", flat=True)
    )
    assert evidence_numbers(after) == cited - numbers
    assert session.title not in text_of(blocks(after, "notes"))
    for note in session.notes.all():
        assert note.text not in text_of(after)
    # The findings stay, and the memo says what it leaves out.
    assert len(walk(after, "findings")) == len(walk(before, "findings"))
    sources = next(text_of(b) for b in after["blocks"] if b["id"] == "method-sources")
    behind = len(numbers & cited)
    told = SMALL[behind] if behind < len(SMALL) else str(behind)
    assert "Notes of one session that is not reported stand nowhere in the memo; " in sources
    assert f"findings make use of {told} of them, and cite none." in sources
    assert "not reported" not in text_of(before)


def test_a_day_of_which_nothing_is_reported_says_so_and_not_that_nothing_was_noted():
    theme = ThemeFactory(placement=Placement.CONTEXT)
    memo = MemoFactory(workshop=theme.workshop)
    session = SessionFactory(workshop=theme.workshop, reported=False)
    EvidenceFactory(annotation=AnnotationFactory(theme=theme), note=NoteFactory(session=session))
    sources = text_of(assembled(memo.workshop)["blocks"])
    assert "No notes were taken" not in sources
    assert "Notes of one session that is not reported" in sources
    # What stands in no memo makes use of nothing.
    theme.placement = Placement.OMITTED
    theme.save()
    assert "stand nowhere in the memo." in text_of(assembled(memo.workshop)["blocks"])
    assert "make use" not in text_of(assembled(memo.workshop)["blocks"])


def test_words_for_how_many_follow_the_table_of_the_workshop_which_is_printed():
    theme = ThemeFactory(placement=Placement.CONTEXT)
    workshop = MemoFactory(workshop=theme.workshop).workshop
    AnnotationFactory(
        theme=theme, kind="observation", claim="Floods come late", counted=20, counted_of=27
    )
    content = assembled(workshop)
    assert "Most participants noted that floods come late" in text_of(content)
    words = next(b for b in content["blocks"] if b["id"] == "method-quantifiers")
    assert words["rows"] == [{"label": "Most", "value": "65 in a hundred or more, counted"}]
    Workshop.objects.filter(pk=theme.workshop_id).update(most_at=80, numbers_below=20)
    content = assembled(workshop)
    assert "A majority of the participants noted that floods come late" in text_of(content)
    words = next(b for b in content["blocks"] if b["id"] == "method-quantifiers")
    assert words["rows"] == [{"label": "A majority", "value": "More than half, counted"}]
    counting = next(text_of(b) for b in content["blocks"] if b["id"] == "method-counting")
    assert "of fewer than 20 people the numbers are told" in counting
