"""Markdown: to safe HTML for pages, and to plain data for documents, from one token stream."""

from typing import Any, TypedDict

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).disable(
    ["image", "html_block", "html_inline"]
)
_LISTS = {"bullet_list", "ordered_list"}
_TAGS = {"p", "em", "strong", "ul", "ol", "li", "blockquote", "a", "br", "code", "h3", "h4"}


class Run(TypedDict):
    """A stretch of text in one style."""

    text: str
    strong: bool
    emphasis: bool
    link: str


def to_html(text: str) -> str:
    """Return `text` (Markdown) as HTML that holds nothing but text, links and emphasis."""
    return nh3.clean(
        _parser.render(text),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
    )


def to_blocks(text: str) -> list[dict[str, Any]]:
    """Return `text` (Markdown) as paragraphs, lists and quotes of runs.

    Shapes: `{"kind": "paragraph" | "quote", "runs": [Run]}` and
    `{"kind": "list", "ordered": bool, "items": [[Run]]}`. Headings become paragraphs in bold;
    code becomes text; a nested list joins its parent's items.
    """
    blocks: list[dict[str, Any]] = []
    within: list[str] = []
    for token in _parser.parse(text):
        name = token.type.removesuffix("_open").removesuffix("_close")
        if token.nesting == 1:
            if name in _LISTS and not _LISTS.intersection(within):
                blocks.append({"kind": "list", "ordered": token.tag == "ol", "items": []})
            within.append(name)
        elif token.nesting == -1:
            within.pop()
        elif token.type in {"code_block", "fence"}:
            blocks.append({"kind": "paragraph", "runs": [_run(token.content.rstrip())]})
        elif token.type == "inline":
            runs = _runs(token.children or [], strong="heading" in within)
            if _LISTS.intersection(within):
                blocks[-1]["items"].append(runs)
            else:
                kind = "quote" if "blockquote" in within else "paragraph"
                blocks.append({"kind": kind, "runs": runs})
    return blocks


def _runs(tokens: list[Token], *, strong: bool) -> list[Run]:
    runs: list[Run] = []
    bold, italic, link = int(strong), 0, ""
    for token in tokens:
        match token.type:
            case "text" | "code_inline":
                runs.append(_run(token.content, strong=bold > 0, emphasis=italic > 0, link=link))
            case "softbreak" | "hardbreak":
                runs.append(_run(" ", strong=bold > 0, emphasis=italic > 0, link=link))
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "link_open":
                href = str(token.attrGet("href") or "")
                link = href if href.startswith(("http://", "https://", "mailto:")) else ""
            case "link_close":
                link = ""
    return [run for run in runs if run["text"]]


def _run(text: str, *, strong: bool = False, emphasis: bool = False, link: str = "") -> Run:
    return {"text": text, "strong": strong, "emphasis": emphasis, "link": link}
