"""What lines in the composer mean: the examples to which both grammars are held."""

import json
import random
from dataclasses import asdict
from pathlib import Path

import pytest

from apps.notes.grammar import Parsed, parse
from apps.notes.grammar.words import folded

TABLE = json.loads((Path(__file__).parent / "grammar_examples.json").read_text())


def catalogue(rule: str = "on the record") -> dict:
    return TABLE["catalogue"] | TABLE["rules"][rule]


@pytest.mark.parametrize("example", TABLE["examples"], ids=lambda each: each["about"])
def test_a_line_means(example):
    means = asdict(Parsed(**example["means"]))
    found = asdict(parse(example["line"], catalogue(example.get("rule", "on the record"))))
    assert json.loads(json.dumps(found)) == json.loads(json.dumps(means))


def test_the_examples_are_told_apart():
    about = [example["about"] for example in TABLE["examples"]]
    assert len(about) == len(set(about)) >= 80


@pytest.mark.parametrize("rule", TABLE["rules"])
def test_no_text_carries_the_name_that_was_used_as_an_alias(rule):
    chance = random.Random(rule)
    names = ["@okafor", "(@Okafor)", "—@okafor", "@OKAFOR’s", "“@ruth-okafor”"]
    names += ["@Ruth Okafor,", "@Dr. Okafor", "@Prof. Dr. Ruth Okafor", "(@Ms Okafor:no)"]
    if rule == "without names":
        names += ["@R. M. Okafor", "@Ruth van der Okafor", "@Ruth de la O’Okafor", "@dr okafor"]
    words = ["?", "+", "…", "eg", "who", "decides.", "#legit", "%scholar", "=", "—", "\n", "\\"]
    for _ in range(1_000):
        parts = [*chance.choices(words, k=5), chance.choice(names)]
        chance.shuffle(parts)
        text = parse(" ".join(parts), catalogue(rule)).text
        assert "okafor" not in folded(text), parts


def test_a_line_of_nothing_but_signs_is_read_as_well():
    parts = ("@a ", "#l ", "( ", "\\", "s/", " ", "= ", "“", "@okafor(", "x…", "@A B ", "@A van ")
    for part in parts:
        assert parse(part * (10_000 // len(part)) + "x", catalogue()).text
