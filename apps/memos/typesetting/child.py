"""The process that makes one PDF: content in on stdin, an answer and the PDF out on stdout.

Typst keeps memory it once had, and what it is given was written by many people: so it runs in a
process of its own that lives for one memo, with limits set before anything is loaded.

The answer is one line of JSON: ``{"replaced": [...], "objection": "..."}`` with the PDF after it,
or ``{"failed": reason, "detail": ...}`` with nothing after it.
"""

import json
import resource
import sys
import traceback
from pathlib import Path
from typing import Any, Literal

Standard = Literal["a-2a", "ua-1"]
STANDARDS: list[Standard] = ["a-2a", "ua-1"]
TEMPLATE = [Path(__file__).parent / f"{part}.typ" for part in ("look", "blocks", "memo")]
MALFORMED = "The memo’s content isn’t in the form that is typeset."
TOO_BIG = "Setting the memo needed more memory than one memo may use."
REFUSED = "The memo could not be set as a PDF. What went wrong is in the log."


def main() -> None:
    """Answer the one request on stdin."""
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    _limit(memory, seconds)
    answer, pdf = _answer(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + pdf)


def _limit(memory: int, seconds: int) -> None:
    """Hold this process to its limits; let it write no file, and no core that holds a memo."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(request: bytes) -> tuple[dict[str, Any], bytes]:
    import typst

    from apps.memos.typesetting.arrange import arrange, made_at
    from apps.memos.typesetting.characters import Characters
    from apps.memos.typesetting.passages import Unprintable

    characters = Characters()
    try:
        content = json.loads(request)
        sheet, moment = arrange(content, characters), made_at(content)
    except Unprintable as error:
        return {"failed": str(error), "detail": str(error)}, b""
    except MemoryError:
        return {"failed": TOO_BIG, "detail": "while arranging"}, b""
    except (AttributeError, KeyError, TypeError, ValueError):
        return {"failed": MALFORMED, "detail": traceback.format_exc()}, b""
    try:
        pdf, objection = compiled(sheet, moment)
    except typst.TypstError as error:
        return {"failed": REFUSED, "detail": f"{error.message}\n{error.diagnostic}"}, b""
    return {"replaced": characters.replaced, "objection": objection}, pdf


def compiled(sheet: dict[str, Any], moment: int) -> tuple[bytes, str]:
    """The PDF of a sheet, and what the standards had against it: as a rule nothing.

    Raises `typst.TypstError` if it can't be set at all.
    """
    import typst

    from apps.memos.typesetting.characters import FONTS

    # Given as bytes, the template has no folder: there is no file that it could read.
    template = b"\n".join(part.read_bytes() for part in TEMPLATE)
    data = {"memo": json.dumps(sheet)}
    # No fonts but ours: the same content looks the same, byte by byte, on every machine.
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )

    def compile_to(standards: list[Standard]) -> bytes:
        return typst.compile(
            template,
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
        # A memo that misses a standard is better than none; it is tagged all the same.
        return compile_to([]), error.message


if __name__ == "__main__":
    main()
