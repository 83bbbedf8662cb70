"""What the room answered: beneath the findings that it tests, and as an annex."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from apps.annotations.models import SIDED, Annotation, Kind
from apps.annotations.wording import capitalised, joined
from apps.core.texts import kept_together
from apps.memos.assembling.asked import Asked
from apps.memos.assembling.material import Material
from apps.memos.assembling.words import counted, heading, in_words, paragraph, prose
from apps.memos.typesetting import content
from apps.memos.typesetting.content import Block
from apps.statements.measures.claims import Claim, Outcome, audit
from apps.statements.measures.counts import Counts
from apps.statements.measures.five_point import Spread, agreement
from apps.statements.measures.groups import Finding
from apps.statements.measures.proportions import newcombe
from apps.statements.measures.rounds import path
from apps.statements.models import Answer
from apps.statements.picture import MOST_MARKS
from apps.statements.selectors import GroupResult, Revealed
from apps.workshops.consensus import TWO_THIRDS, ConsensusRule

# What claims something of the room, which answers can bear out or not.
CLAIMS = {Kind.CONSENSUS, *SIDED}
NOT_REVEALED = "Not tested: no answers have been revealed."
ASKED = "asked"
ABOUT = (
    "All statements that were put to the room and whose answers were revealed. One mark stands for "
    "each person: a disc agrees, a ring is unsure, a diamond disagrees, and an empty place has not "
    "answered."
)
ABOUT_MANY = " Where there are too many people to be told apart, bars take the places of the marks."
ABOUT_FIVE = (
    " Where five answers were offered, numbers from −2 for strong disagreement to 2 for strong "
    "agreement say where they lie. The measure of agreement is van der Eijk’s: 1 where all are in "
    "one place, 0 where they are spread evenly, −1 where half are at either end."
)
DIFFERS = {Finding.OPPOSED: "Groups opposed", Finding.DIFFER: "Groups differ"}


def said_of(annotation: Annotation, asked: Asked) -> content.Answers | None:
    """Return what the room's answers say of a finding; None where that is nothing.

    Of an agreement or a difference it is said, too, that nobody was asked, as soon as the room
    was asked of others.
    """
    if not asked.rounds:
        return None
    claims = annotation.kind in CLAIMS
    audited = asked.audits.get(annotation.pk)
    if audited is None or not audited.statements:
        if not claims:
            return None
        untested = audit(Claim.CONSENSUS, []).sentence if audited is None else NOT_REVEALED
        return _answers(Outcome.UNTESTED, Outcome.UNTESTED.label, untested)
    found = {link.statement_id: each for link, each in audited.statements}
    numbers = sorted(asked.numbers[statement] for statement in found)
    if audited.audit is None:
        says = " ".join(each.says for each in found.values())
        return _answers(ASKED, "Put to the room", says, numbers)
    outcome = audited.audit.outcome
    return _answers(outcome, outcome.label, audited.why, numbers)


def what_was_answered(material: Material) -> list[Block]:
    """Return the annex of all statements that were revealed, each with what it came to."""
    asked = material.asked
    if not asked.rounds:
        return []
    numbers = asked.numbers
    items = [
        _result(numbers[statement], rounds, asked) for statement, rounds in asked.rounds.items()
    ]
    about = ABOUT
    if any((item["members"] or 0) > MOST_MARKS for item in items):
        about += ABOUT_MANY
    if any(each.content["values"] for each in asked.last):
        about += ABOUT_FIVE
    return [
        heading("results", "Annex: what the room answered"),
        prose("results-about", paragraph(about)),
        {"id": "results-list", "type": "results", "items": items},
    ]


def tested_in_words(printed: list[Annotation], asked: Asked) -> str:
    """Return how many of the findings that claim something of the room are borne out by what it
    answered; empty where none was tested.
    """
    outcomes = Counter(_outcome(each, asked) for each in printed if each.kind in CLAIMS)
    tested = outcomes.total() - outcomes[Outcome.UNTESTED]
    if not tested:
        return ""
    words = {
        Outcome.SUPPORTED: "supported",
        Outcome.PARTLY: "supported in part",
        Outcome.CONTRADICTED: "contradicted",
    }
    told = [
        f"{in_words(outcomes[outcome])} {'is' if outcomes[outcome] == 1 else 'are'} {word}"
        for outcome, word in words.items()
        if outcomes[outcome]
    ]
    left = outcomes[Outcome.UNTESTED]
    rest = f" {capitalised(in_words(left))} {'was' if left == 1 else 'were'} not tested."
    claims = counted(outcomes.total(), "agreement or difference", "agreements and differences")
    return f"Of {claims}, {joined(told)} by the answers.{rest if left else ''}"


def is_contradicted(annotation: Annotation, asked: Asked) -> bool:
    """Say whether the room answered the opposite of what a finding claims."""
    return annotation.kind in CLAIMS and _outcome(annotation, asked) == Outcome.CONTRADICTED


def rule_in_words(rule: ConsensusRule) -> str:
    """Return when the room is at one, divided and undecided, within a sentence."""
    return (
        f"consensus from {per_cent(rule.consensus_at)} who agree (or disagree) and at most "
        f"{per_cent(rule.opposed_at_most)} against; divided from {per_cent(rule.divided_at)} on "
        f"each side; undecided from {per_cent(rule.undecided_at)} who are unsure"
    )


def per_cent(share: int) -> str:
    """Return a threshold in words: “75 per cent”, “two thirds”."""
    return "two thirds" if share == TWO_THIRDS else f"{share} per cent"


def _outcome(annotation: Annotation, asked: Asked) -> Outcome:
    audited = asked.audits.get(annotation.pk)
    found = audited.audit if audited and audited.statements else None
    return found.outcome if found else Outcome.UNTESTED


def _answers(
    outcome: str, label: str, sentence: str, statements: Iterable[int] = ()
) -> content.Answers:
    return {
        "outcome": str(outcome),
        "label": label,
        "sentence": kept_together(sentence),
        "statements": list(statements),
    }


def _result(number: int, rounds: list[Revealed], asked: Asked) -> content.Result:
    last = rounds[-1]
    return {
        "id": f"statement-{last.statement_id}",
        "number": number,
        "text": last.text,
        "outcome": str(last.verdict),
        "tags": list(_tags(last)),
        "sentence": kept_together(last.says),
        "members": last.members,
        "rows": list(_rows(last)),
        "notes": [kept_together(note) for note in _notes(rounds, asked) if note],
    }


def _tags(found: Revealed) -> Iterator[str]:
    """Yield what its sentence doesn't say in a word, as it does the verdict and raised hands."""
    if found.differs in DIFFERS:
        yield DIFFERS[found.differs]
    if found.number > 1:
        yield f"Round {found.number}"


def _rows(found: Revealed) -> Iterator[content.ResultRow]:
    if found.counts is None:
        return
    yield _row("", found.counts)
    for group in found.groups:
        if group.counts:
            yield _row(group.plural, group.counts)


def _row(label: str, counts: Counts) -> content.ResultRow:
    return {
        "label": label,
        "agree": counts.agree,
        "unsure": counts.unsure,
        "disagree": counts.disagree,
    }


def _notes(rounds: list[Revealed], asked: Asked) -> Iterator[str]:
    last = rounds[-1]
    # Groups that are told of in figures stand in the picture.
    yield from last.worded_says
    yield last.carrying_says
    yield from last.gap_says
    yield from _intervals(last)
    yield from last.hidden_says
    yield last.margin_says
    yield last.bounds_says
    if len(rounds) > 1:
        yield f"Over {in_words(len(rounds))} rounds: {_path(rounds)}."
        yield last.moved_says
        if last.wording_number != rounds[0].wording_number:
            yield f"The first round asked: “{rounds[0].text}”"
    if last.content["values"]:
        yield _on_five_points({int(key): n for key, n in last.content["values"].items()})
    rule = ConsensusRule(**last.content["rule"])
    if asked.snapshot and last.content["rule"] != asked.snapshot.content["rule"]:
        yield f"Judged by the rule of its time: {rule_in_words(rule)}."
    yield last.content["carry_over_says"]


def _intervals(found: Revealed) -> Iterator[str]:
    """Yield how wide a difference between two groups would be beyond the room, as far as known."""
    if found.content["carry_over_says"]:
        return
    told = {group.id: group for group in found.groups if group.counts}
    for gap in found.gaps:
        pair = [told[key] for key in (gap.group, gap.other) if key in told]
        if not gap.says or gap.points is None or len(pair) < 2:  # noqa: PLR2004 - two groups
            continue
        more, less = pair if gap.points > 0 else reversed(pair)
        low, high = newcombe(*_agreeing(more), *_agreeing(less))
        yield (
            f"Were these people drawn at random from a wider field, agreement there would be "
            f"{_figure(round(100 * low))} to {_figure(round(100 * high))} points higher among "
            f"{more.plural} than among {less.plural} (95 % interval, Newcombe)."
        )


def _agreeing(group: GroupResult) -> tuple[int, int]:
    counts = group.counts or Counts()
    return counts.agree, counts.answered


def _path(rounds: list[Revealed]) -> str:
    told = path([each.verdict for each in rounds])
    return told[:1].lower() + told[1:]


def _on_five_points(values: Mapping[int, int]) -> str:
    told = ", ".join(
        f"{number} {answer.label.lower()}" for answer in Answer if (number := values.get(answer, 0))
    )
    spread, at_one = Spread.of(values), agreement(values)
    if spread is None or at_one is None:
        return ""
    return (
        f"On five points: {told}. The median is {_figure(spread.median)}, the middle half spans "
        f"{_figure(spread.iqr)} {'point' if spread.iqr == 1 else 'points'}, and agreement is "
        f"{_figure(round(at_one, 2))}."
    )


def _figure(number: float) -> str:
    return f"{number:g}".replace("-", "−")
