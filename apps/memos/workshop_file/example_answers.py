"""What the room of the example workshop was asked, and what it answered: invented, as its people.

An ordinary file holds what was published and nobody's answer; so these stand in a file of their
own, and are played through: put, opened, answered, revealed.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

from apps.core.documents import Reading
from apps.participants.models import Participant
from apps.statements.measures.counts import Counts
from apps.statements.models import (
    Answer,
    AskingPlan,
    Direction,
    Means,
    Response,
    Round,
    Statement,
)
from apps.statements.services import (
    ask_again,
    change_plan,
    choose_means,
    confirm_hands,
    count_hands,
    link_statement,
    open_rounds,
    put_statement,
    reveal_rounds,
)

ANSWERS = Path(__file__).parents[1] / "example" / "security_partnerships_answers.json"
LETTERS = {
    "A": Answer.STRONGLY_AGREE,
    "a": Answer.AGREE,
    "u": Answer.UNSURE,
    "d": Answer.DISAGREE,
    "D": Answer.STRONGLY_DISAGREE,
}
# What becomes of a statement of which nothing else is said: it is asked, and revealed.
OPEN, NOT_YET = "open", "not yet"


def answers() -> Any:
    """Return what the file of the example's answers says."""
    return json.loads(ANSWERS.read_text(encoding="utf-8"))


def play_answers(reading: Reading, content: Any) -> None:
    """Put the statements of `content` to the example's room, and answer as it says.

    `reading` is the example's file, whose rows are saved: people, groups, findings and themes go
    by their ids there. In the transaction of whoever loads it.
    """
    _Room(reading, content).play()


@dataclass(frozen=True)
class _Room:
    reading: Reading
    content: Mapping[str, Any]

    def play(self) -> None:
        owner, asks = self._person("owner"), self._person("asks")
        change_plan(actor=owner, **self.content["plan"])
        given = {each["id"]: each for each in self.content["statements"]}
        statements = {key: self._put(asks, each) for key, each in given.items()}
        asked = {
            key: statement.rounds.get()
            for key, statement in statements.items()
            if given[key].get("asked") != NOT_YET
        }
        for key, each in asked.items():
            if "hands" in given[key]:
                choose_means(actor=asks, asked=each, means=Means.HANDS)
        open_rounds(actor=asks, rounds=list(asked.values()))
        self._answer(asked, 0)
        for key, each in asked.items():
            if "hands" in given[key]:
                self._raise_hands(each, given[key])
        revealed = [each for key, each in asked.items() if given[key].get("asked") != OPEN]
        reveal_rounds(actor=asks, rounds=revealed)
        again = {
            key: ask_again(actor=asks, statement=statements[key])
            for key in given
            if any(letter != "." for letter, _, _ in self._column(key, 1))
        }
        open_rounds(actor=asks, rounds=list(again.values()))
        self._answer(again, 1)
        reveal_rounds(actor=asks, rounds=list(again.values()))

    def _put(self, actor: Participant, given: Mapping[str, Any]) -> Statement:
        tested, *others = map(self._tested, given["tests"])
        statement = put_statement(
            actor=actor,
            text=given["text"],
            theme=self._row("themes", given["theme"]),
            scale=given.get("scale", ""),
            **tested,
        )
        for each in others:
            link_statement(actor=actor, statement=statement, **each)
        return statement

    def _tested(self, test: Mapping[str, str]) -> dict[str, Any]:
        return {
            "annotation": self._row("annotations", test["annotation"]),
            "position": self._row("positions", test["position"]) if "position" in test else None,
            "direction": test.get("direction", Direction.AGREE),
        }

    def _answer(self, asked: Mapping[str, Round], which: int) -> None:
        """Let everybody answer at once: the database counts, as it does one by one."""
        reasons = {
            (each["statement"], each["by"]): each["text"] for each in self.content["reasons"]
        }
        Response.objects.bulk_create(
            Response(
                workshop=self.reading.scope,
                round=each,
                participant=self._row("people", person),
                group=self._row("groups", group),
                value=LETTERS[letter],
                reason=reasons.get((key, person), "") if which == 0 else "",
            )
            for key, each in asked.items()
            for letter, person, group in self._column(key, which)
            if letter in LETTERS
        )
        AskingPlan.objects.filter(pk=self.reading.scope.pk, first_answer_at=None).update(
            first_answer_at=timezone.now()
        )

    def _column(self, key: str, which: int) -> Iterator[tuple[str, str, str]]:
        """Yield what each person answered to a statement in one of the rounds, and their group."""
        place = [each["id"] for each in self.content["statements"]].index(key)
        for group, people in self.content["answers"].items():
            for person, rounds in people.items():
                yield rounds[which][place], person, group

    def _raise_hands(self, asked: Round, given: Mapping[str, Any]) -> None:
        counts = {
            self._row("groups", group).pk: Counts(**each) for group, each in given["hands"].items()
        }
        asks, confirms = self._person("asks"), self._person("confirms")
        count_hands(actor=asks, asked=asked, counts=counts, members=given["present"])
        confirm_hands(actor=confirms, asked=asked)

    def _person(self, does: str) -> Participant:
        person: Participant = self._row("people", self.content["team"][does])
        return person

    def _row(self, section: str, key: str) -> Any:
        found = self.reading.find(key, [section])
        assert found is not None, f"{key} isn’t among the {section}"  # noqa: S101 - the site's own
        return found[1]
