"""What the stylesheets may hold: checks that return what they object to."""

import re
from pathlib import Path

COLOUR = re.compile(
    r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(", re.IGNORECASE
)
# The names of CSS that people write; system colours for forced-colors aren't among them.
NAMED = re.compile(
    r":[^;{}]*?(?<![\w-])(white|black|red|green|blue|grey|gray|yellow|orange|purple|pink|brown|"
    r"silver|maroon|navy|teal|olive|aqua|lime|fuchsia|gold|beige|ivory)(?![\w-])",
    re.IGNORECASE,
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
TOKEN = re.compile(r"--([\w-]+):\s*light-dark\(\s*(#[0-9a-f]{6})\s*,\s*(#[0-9a-f]{6})\s*\)")


def colour_literals(text: str) -> list[str]:
    """Return the colours that `text` (CSS) names itself instead of using a token."""
    bare = COMMENT.sub("", text)
    return COLOUR.findall(bare) + NAMED.findall(bare)


def foreign_addresses(text: str) -> list[str]:
    """Return what `text` (CSS) would fetch from elsewhere or hold inline."""
    return re.findall(r"(?:https?:)?//[\w.-]+|data:[\w/]+", COMMENT.sub("", text))


def colour_tokens(path: Path) -> dict[str, tuple[str, str]]:
    """Return the colour tokens of a stylesheet, as name → (light, dark)."""
    return {name: (light, dark) for name, light, dark in TOKEN.findall(path.read_text())}


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
