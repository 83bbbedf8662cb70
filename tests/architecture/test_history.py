"""Whatever a service writes into the log has a sentence in the history."""

import ast
from collections.abc import Iterator

import pytest
from django.conf import settings

from apps.participants.selectors.history import sentences

CODE = sorted((settings.BASE_DIR / "apps").rglob("*.py"))


def verbs_in(source: str) -> Iterator[str]:
    """Yield the verbs that `source` records: of `audit.record(…)`, `verb=…` and `_record`."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        given = [keyword.value for keyword in node.keywords if keyword.arg == "verb"]
        if name in {"record", "_record"}:
            given += node.args[:1]
        for value in given:
            for each in ast.walk(value):
                if isinstance(each, ast.Constant) and isinstance(each.value, str):
                    yield each.value


USED = sorted({verb for path in CODE for verb in verbs_in(path.read_text()) if "." in verb})


def test_the_search_finds_verbs_in_every_way_they_are_recorded():
    source = """
audit.record("a.one", row)
audit.record("a.two" if x else "a.three", row)
apply_changes(row, values, verb="a.four", actor=actor)
_record("a.five", theme, new, actor)
"""
    assert sorted(verbs_in(source)) == ["a.five", "a.four", "a.one", "a.three", "a.two"]
    assert len(USED) > 40


@pytest.mark.parametrize("verb", USED)
def test_every_verb_has_a_sentence(verb):
    assert verb in sentences(), f"Say in a contributions.py how the history tells “{verb}”."


def test_sentences_are_the_rest_of_one():
    for verb, sentence in sentences().items():
        assert sentence[0].islower(), verb
        assert not sentence.endswith("."), verb
        assert "{" not in sentence.replace("{subject}", ""), verb
