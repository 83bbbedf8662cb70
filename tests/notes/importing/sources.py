"""Sources for the tests: what people have, and what nobody means well with."""

import io
import json
import zipfile
from xml.sax.saxutils import escape

from hypothesis import settings

# A few of each in `make test`; what `make fuzz` says otherwise.
USUAL = 100
TRIES = settings(
    deadline=None,
    max_examples=40 if settings.default.max_examples == USUAL else settings.default.max_examples,
)
RELATIONS = (
    '<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = f"<w:document {W}><w:body>{{}}</w:body></w:document>"
STYLES = (
    f'<w:styles {W}><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style></w:styles>'
)


def paragraph(text: str, *, style: str = "", level: int | None = None) -> str:
    """Return a paragraph of Word, perhaps in a style or as a point."""
    about = f'<w:pStyle w:val="{style}"/>' if style else ""
    if level is not None:
        about += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    return f"<w:p><w:pPr>{about}</w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def document(*paragraphs: str, styles: str = STYLES) -> bytes:
    """Return a Word document of these paragraphs."""
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": RELATIONS,
            "word/document.xml": BODY.format("".join(paragraphs)),
            "word/styles.xml": styles,
        }
    )


def packed(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def etherpad(text: str, attributes: str = "", pool: dict[str, list[str]] | None = None) -> bytes:
    """Return an Etherpad with all its history."""
    pad = {
        "atext": {"text": text, "attribs": attributes},
        "pool": {"numToAttrib": pool or {}, "nextNum": len(pool or {})},
        "head": 3,
        "chatHead": 0,
    }
    return json.dumps(
        {
            "pad:minutes": pad,
            "globalAuthor:a.x": {"colorId": 1, "name": "Canary Name", "padIDs": "minutes"},
            "pad:minutes:revs:0": {"changeset": "Z:1>0$", "meta": {"author": "a.x"}},
            "pad:minutes:chat:0": {"text": "Canary chat", "userName": "Canary Name"},
        }
    ).encode()
