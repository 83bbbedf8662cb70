"""Markdown: nothing but text, lists, emphasis and links comes out."""

import re
from html.parser import HTMLParser

import pytest
from django.template import engines
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.markdown import to_blocks, to_html

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example/x)",
    "![x](https://evil.example/x.png)",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    '[x](https://example.org "onmouseover=alert(1)")',
    '[x](https://example.org/"onmouseover="alert(1))',
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "```html\n<script>alert(1)</script>\n```",
    "<style>*{display:none}</style>",
    "<!-- --><script>alert(1)</script>",
    "<p style='position:fixed'>x</p>",
    "\x00<scr\x00ipt>alert(1)</script>",
]
KNOWN = {"p", "em", "strong", "ul", "ol", "li", "blockquote", "a", "br", "code", "h3", "h4"}
LEADS_OUT = re.compile(r"(https?|mailto):|[^:]*$", re.IGNORECASE)


class Harmful(HTMLParser):
    """Collects what could do more than show text, as a browser would read it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag not in KNOWN or names - ({"href", "rel", "title"} if tag == "a" else set()):
            self.found.append(str(self.get_starttag_text()))
        if not LEADS_OUT.match(dict(attrs).get("href") or ""):
            self.found.append(str(self.get_starttag_text()))


def harmful(html: str) -> list[str]:
    """Return the tags of `html` that could do more than show text."""
    reader = Harmful()
    reader.feed(html)
    return reader.found


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_runs_and_nothing_is_fetched(payload):
    assert harmful(to_html(payload)) == []


def test_the_check_finds_what_is_harmful():
    assert harmful("<p onclick=x>a</p>")
    assert harmful("<script>")
    assert harmful('<a href="javascript:x">a</a>')
    assert harmful('<a href="https://a.example" style="x">a</a>')
    assert not harmful('<p>a <a href="https://a.example" rel="noopener">b</a></p>')


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("<>&\"'`*_[]()!#-:/ \nabjscript=0\t\\"))))
def test_no_text_at_all_does_harm(text):
    assert harmful(to_html(text)) == []


def test_what_people_write_is_shown():
    html = to_html(
        "**Both** sides *agreed*:\n\n- one\n- two\n\n> quoted\n\n[more](https://a.example)"
    )
    for part in ("<strong>Both</strong>", "<em>agreed</em>", "<li>one</li>", "<blockquote>"):
        assert part in html
    assert 'href="https://a.example"' in html


def test_html_that_somebody_typed_appears_literally():
    assert "&lt;b&gt;bold&lt;/b&gt;" in to_html("<b>bold</b>")


def test_blocks_hold_the_same_words_for_documents():
    blocks = to_blocks("# Head\n\nA **bold** [link](https://a.example)\n\n1. one\n2. two\n\n> said")
    assert [block["kind"] for block in blocks] == ["paragraph", "paragraph", "list", "quote"]
    assert blocks[0]["runs"][0] == {"text": "Head", "strong": True, "emphasis": False, "link": ""}
    assert [run["text"] for run in blocks[1]["runs"]] == ["A ", "bold", " ", "link"]
    assert blocks[1]["runs"][3]["link"] == "https://a.example"
    assert blocks[2]["ordered"]
    assert [item[0]["text"] for item in blocks[2]["items"]] == ["one", "two"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_links_in_documents_lead_to_web_and_mail_only(payload):
    for block in to_blocks(payload):
        runs = [*block.get("runs", []), *(run for item in block.get("items", []) for run in item)]
        for run in runs:
            assert not run["link"] or run["link"].startswith(("http://", "https://", "mailto:"))


def test_the_filter_of_templates_cleans_as_well():
    template = engines["django"].from_string("{{ text|markdown }}")
    assert "<script" not in template.render({"text": "<script>alert(1)</script>"})
    assert template.render({"text": None}) == ""
