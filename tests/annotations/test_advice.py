"""Help with wording: advice that may be ignored, and that tells nobody who is on the list."""

import pytest

from apps.annotations.advice import Wording, advise
from apps.workshops.models import Role
from tests.factories import AnnotationFactory, ParticipantFactory

SOUND = [
    Wording("Partners should share data early", modality="should"),
    Wording("Scholars and practitioners see influence differently", modality="is"),
    Wording("Whether influence is a means or an end", kind="divergence", modality="should"),
    Wording("Many devices are managed by hand", modality="is", counted=20, counted_of=27),
    Wording("Most participants agreed on terms", modality="is", counted=20, counted_of=27),
    Wording("Speed is wanted but care as well", kind="tension", modality="is"),
    Wording("All but one of the scholars said so", counted=11, counted_of=12, groups=["scholars"]),
    Wording(""),
]


@pytest.mark.parametrize("wording", SOUND, ids=lambda each: each.text)
def test_a_sound_sentence_is_left_alone(wording):
    assert advise(wording) == []


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        (Wording("Data should be shared; terms should be agreed"), "Two ideas? “;”"),
        (Wording("Sharing helps, but it costs"), "Two ideas? “but”"),
        (Wording("Sharing helps and it costs little"), "Two ideas? “and”"),
        (Wording("Partners admitted that it costs"), "“admitted” takes a side. Say “said”."),
        (Wording("It clearly costs"), "“clearly” takes a side. Leave it out."),
        (Wording("Dr Okafor wants it"), "“Dr Okafor” reads like somebody’s name"),
        (Wording("It costs, as Rosa Okafor said"), "“Rosa Okafor” reads like somebody’s name"),
        (Wording("It costs, Okafor thinks", names=["R. Okafor"]), "“R. Okafor” is somebody here"),
        (Wording("Partners should share", modality="is"), "says “should”, the field “is”"),
        (Wording("Partners share", modality="must"), "says “is”, the field “must”"),
        (Wording("Most participants want it"), "nobody counted: uncounted, say at most “many”"),
        (Wording("It was wanted unanimously"), "“unanimously”, but nobody counted"),
        (Wording("Several people want it", estimated="many"), "“Several people”, the field “many”"),
        (Wording("Many participants", counted=20, counted_of=27), "the count “most”"),
        (Wording("Most participants", counted=7, counted_of=9), "say “7 of 9”"),
        (Wording("Everyone wants it", counted=7, counted_of=9), "the count “7 of 9”"),
        (
            Wording("All scholars", counted=9, counted_of=12, groups=["scholars"]),
            "the count “most”",
        ),
    ],
    ids=lambda each: getattr(each, "text", None),
)
def test_what_could_be_better_is_said(wording, expected):
    assert any(expected in sentence for sentence in advise(wording)), advise(wording)


FORM = {"kind": "consensus", "modality": "is", "basis": "count", "rows": "2"}


@pytest.fixture
def advice(theme, browser_of):
    def ask(actor, **fields):
        url = f"/w/{actor.workshop.slug}/annotations/advice/{theme.pk}/"
        return browser_of(actor).post(url, {**FORM, **fields}).content.decode()

    return ask


def test_who_reads_the_list_of_people_is_told_that_a_word_is_a_name(rapporteur, theme, advice):
    workshop = rapporteur.workshop
    facilitator = ParticipantFactory(workshop=workshop, role=Role.FACILITATOR)
    ParticipantFactory(workshop=workshop, display_name="Rosa Okafor")
    assert "is somebody here" in advice(facilitator, claim="It costs, Okafor thinks")


def test_whoever_does_not_finds_nobody_by_asking(rapporteur, theme, advice):
    """To a rapporteur every name is the same, on the list or not."""
    ParticipantFactory(workshop=rapporteur.workshop, display_name="Rosa Okafor")
    for claim in ("It costs, {} thinks", "{} wants it", "It costs, as Rosa {} said"):
        known, unknown = (
            advice(rapporteur, claim=claim.format(name)).replace(name, "…")
            for name in ("Okafor", "Lindgren")
        )
        assert known == unknown


def test_advice_keeps_nobody_from_saving(rapporteur, theme, browser_of):
    url = f"/w/{rapporteur.workshop.slug}/annotations/new/{theme.pk}/"
    fields = {**FORM, "claim": "Dr Okafor clearly should; most participants admitted it"}
    assert browser_of(rapporteur).post(url, fields).status_code == 302


def test_what_stands_in_half_a_form_is_looked_at_all_the_same(rapporteur, advice):
    told = advice(
        rapporteur, claim="Everyone wants it", counted="2x", counted_of="9999999",
        kind="divergence", **{"positions-1-text": "It clearly costs"},
    )  # fmt: skip
    assert "nobody counted" in told
    assert "Second position:" in told


def test_a_card_says_to_its_writers_alone_that_its_words_are_not_those_of_the_count(
    rapporteur, reader, published, browser_of
):
    AnnotationFactory(theme=published, claim="Most participants agree", counted=15, counted_of=27)
    page = f"/w/{rapporteur.workshop.slug}/themes/{published.pk}/"
    assert "the count “a majority”" in browser_of(rapporteur).get(page).content.decode()
    shown = browser_of(reader).get(page).content.decode()
    assert "the count" not in shown
    assert "A majority" in shown
