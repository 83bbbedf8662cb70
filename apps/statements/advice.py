"""Help with the wording of a statement: advice, never a refusal.

One idea, nothing denied twice, nobody's name, no question, and short enough for a phone: what
somebody agrees with must be what everybody reads. It speaks English, as the memo does.
"""

import re
from collections.abc import Collection, Iterator

from apps.annotations.advice import Wording, ideas, names_in

LONG = 25
_NEGATIONS = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|nowhere|neither|nor|cannot|without|"
    r"(?:is|are|was|were|do|does|did|has|have|had|ca|wo|would|could|should|must)n[’']t|"
    r"(?:un|in|im)(?:likely|able|necessary|important|possible|acceptable|desirable|effective|"
    r"reasonable|fair|clear)|fails? to|lacks?|refuses? to)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:who|what|when|where|why|how|which|whether|should|could|can|is|are|does|do)\b.*\?$|\?\s*$",
    re.IGNORECASE | re.DOTALL,
)
_HEDGES = re.compile(
    r"\b(?:often|sometimes|usually|generally|frequently|in many cases|may|might|could|perhaps|"
    r"rather|fairly|somewhat)\b",
    re.IGNORECASE,
)
_ABSOLUTES = re.compile(r"\b(?:always|never|all|every|only|nobody|none)\b", re.IGNORECASE)


def advise(text: str, *, names: Collection[str] = ()) -> list[str]:
    """Return what could be better about a statement, a sentence each; mostly nothing.

    `names` are those that the reader may know.
    """
    text = text.strip()
    if not text:
        return []
    said = Wording(text, names=names)
    return [*_question(text), *ideas(said), *_negations(text), *names_in(said), *_rest(text)]


def _question(text: str) -> Iterator[str]:
    if _ASKS.search(text):
        yield "This is a question. One agrees with a sentence: say what would be the case."


def _negations(text: str) -> Iterator[str]:
    found = [match[0] for match in _NEGATIONS.finditer(text)]
    if len(found) > 1:
        yield (
            f"“{found[0]}” and “{found[1]}”: denied twice, it is hard to say what agreeing means. "
            "Say it the other way round."
        )


def _rest(text: str) -> Iterator[str]:
    words = len(text.split())
    if words > LONG:
        yield f"{words} words are long for a phone. Up to {LONG} are read at a glance."
    hedges = [match[0] for match in _HEDGES.finditer(text)]
    if len(hedges) > 1:
        yield f"“{hedges[0]}” and “{hedges[1]}”: so hedged, few can disagree. Leave one out."
    if found := _ABSOLUTES.search(text):
        yield f"“{found[0]}” leaves no exception, so that few can agree. Is it meant?"
