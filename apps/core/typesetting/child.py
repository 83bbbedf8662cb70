"""The process that makes one PDF: content in on stdin, an answer and the PDF out on stdout.

Typst keeps memory it once had, and what it is given was written by many people: so it runs in a
process of its own that lives for one document, with limits set before anything is loaded.

The answer is one line of JSON: ``{"replaced": [...], "objection": "..."}`` with the PDF after it,
or ``{"failed": reason, "detail": ...}`` with nothing after it.
"""

import json
import resource
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from apps.core.tracebacks import without_messages
from apps.core.typesetting import Kind, Unprintable

Standard = Literal["a-2a", "ua-1"]
STANDARDS: list[Standard] = ["a-2a", "ua-1"]


def main() -> None:
    """Answer the one request on stdin."""
    # Whoever reads stderr logs it.
    sys.excepthook = lambda _kind, error, _trace: sys.stderr.write(without_messages(error))
    name, module, memory, seconds = sys.argv[1:]
    _limit(int(memory), int(seconds))
    answer, pdf = _answer(Kind(name, module), sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + pdf)


def _limit(memory: int, seconds: int) -> None:
    """Hold this process to its limits; let it write no file, and no core that holds a text."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(kind: Kind, request: bytes) -> tuple[dict[str, Any], bytes]:
    import typst

    from apps.core.typesetting.characters import Characters

    characters = Characters()
    document = import_module(kind.module)
    try:
        sheet, moment = document.arranged(json.loads(request), characters)
    except Unprintable as error:
        return {"failed": str(error), "detail": without_messages(error)}, b""
    except MemoryError:
        reason = f"Setting the {kind.name} needed more memory than one {kind.name} may use."
        return {"failed": reason, "detail": "while arranging"}, b""
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        reason = f"The {kind.name}’s content isn’t in the form that is typeset."
        return {"failed": reason, "detail": without_messages(error)}, b""
    try:
        pdf, objection = compiled(document.TEMPLATE, sheet, moment)
    except typst.TypstError as error:
        reason = f"The {kind.name} could not be set as a PDF. What went wrong is in the log."
        return {"failed": reason, "detail": f"{error.message}\n{error.diagnostic}"}, b""
    return {"replaced": characters.replaced, "objection": objection}, pdf


def compiled(template: Iterable[Path], sheet: dict[str, Any], moment: int) -> tuple[bytes, str]:
    """The PDF of a sheet, and what the standards had against it: as a rule nothing.

    Raises `typst.TypstError` if it can't be set at all.
    """
    import typst

    from apps.core.typesetting.characters import FONTS

    # Given as bytes, the template has no folder: there is no file that it could read.
    source = b"\n".join(part.read_bytes() for part in template)
    data = {"sheet": json.dumps(sheet)}
    # No fonts but ours: the same content looks the same, byte by byte, on every machine.
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )

    def compile_to(standards: list[Standard]) -> bytes:
        return typst.compile(
            source,
            sys_inputs=data,
            font_paths=fonts,
            pdf_standards=[*standards],
            timestamp=moment,
        )

    try:
        return compile_to(STANDARDS), ""
    except typst.TypstError as error:
        if not error.message.startswith("PDF/"):
            raise
        # A document that misses a standard is better than none; it is tagged all the same.
        return compile_to([]), error.message


if __name__ == "__main__":
    main()
