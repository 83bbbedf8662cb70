"""What the templates may hold: checks that return what they object to."""

import re

TEMPLATE_CODE = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
OBJECTIONS = {
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(?!\s*</script>)", re.IGNORECASE),
    "inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "event handler": re.compile(r"<[a-z][^>]*\s(?:on[a-z]+|hx-on[:\w-]*)\s*=", re.IGNORECASE),
    "script address": re.compile(r"=\s*[\"']?\s*javascript:", re.IGNORECASE),
    "foreign address": re.compile(
        r"(?:src|srcset|poster|action|data)\s*=\s*[\"']?(?:https?:)?//|"
        r"<link[^>]+href\s*=\s*[\"']?(?:https?:)?//",
        re.IGNORECASE,
    ),
}


def objections(template: str) -> list[str]:
    """Return what `template` holds that the Content Security Policy would not let work."""
    # A tag inside an attribute may hold ">" or quotes that aren't the markup's.
    bare = TEMPLATE_CODE.sub(lambda code: "x" * len(code.group()), template)
    return [name for name, pattern in OBJECTIONS.items() if pattern.search(bare)]
