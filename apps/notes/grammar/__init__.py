"""What a line in the composer means.

    ? who decides #legitimacy @okafor

is a question, filed under *Legitimacy*, said by R. Okafor, or by somebody of their group where the
rule keeps no speakers; its text is “who decides”. `static/js/grammar.js` says the same of every
line, and both are held to `tests/notes/grammar_examples.json`. Whoever changes one changes both.

At the start: `?` question, `!` takeaway, `+` and `-` agreement and disagreement with the note
before, `rq ` research question, `eg ` example, `…` the same speaker goes on. As a whole: `"…"` a
quotation, `term = …` a definition, `s/old/new/` a correction of the note before, `/off` and `/on`.
Anywhere: `#theme`, `%group`, `@alias` of a person or a group. A backslash before a sign keeps it.

A theme or group at the start or end of a line is taken out of the text; inside a sentence only
its sign is. One that isn't known stays as it was typed. What stands after an `@` is always taken
out, known or not: it is likely a name. One that isn't known reaches as far as `names` says.
"""

import re
from collections.abc import Mapping
from typing import Any

from apps.notes.grammar.parsed import EMPTY, Parsed
from apps.notes.grammar.signs import CORRECTION, mark_as_a_whole, without_signs
from apps.notes.grammar.tags import Tags
from apps.notes.grammar.words import is_visible, trimmed
from apps.notes.models import Mark

__all__ = ["Parsed", "parse"]


def parse(line: str, catalogue: Mapping[str, Any]) -> Parsed:
    """Return what `line` means.

    The `catalogue` holds `themes` (`id`, None for one still to be made, and `title`), `groups`
    (`id`, `singular`, `plural`), `people` as far as the note-taker may see their names (`id`,
    `name`, `group`), and whether the rule `keeps_groups` and `keeps_speakers`.
    """
    line = trimmed(line.replace("\r\n", "\n").replace("\x00", ""))
    if line.lower() in {"/off", "/on"}:
        return Parsed(kind="command", command=line[1:].lower())
    if found := CORRECTION.fullmatch(line):
        old, new = (re.sub(r"\\([/\\])", r"\1", part) for part in found.groups())
        return Parsed(kind="correction", replace=(old, new))
    parsed = Parsed()
    rest, literal = without_signs(line, parsed)
    parsed.text = Tags(catalogue, parsed).taken_out_of(rest)
    if not literal and rest == line:
        # Perhaps the tags stood before the signs.
        parsed.text, literal = without_signs(parsed.text, parsed)
    if not literal and parsed.mark == Mark.REMARK:
        mark_as_a_whole(parsed)
    if not is_visible(parsed.text):
        parsed.text = Mark(parsed.mark).label if parsed.about else ""
    if not parsed.text:
        parsed.kind = "nothing"
        parsed.problems.append(EMPTY)
    return parsed
