"""Where the code reads what tells who somebody is, and which rule hides it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

# Fields of a participant that say who they are or how they want to be named, and the rule.
PERSONAL = {"display_name", "affiliation", "email", "listing"}
RULE = {"attribution_rule", "AttributionRule"}
WATCHED = PERSONAL | RULE
IN_TEMPLATES = re.compile(
    r"\{[{%][^}]*?\.(display_name|affiliation|email|listing|attribution_rule)\b"
)


def uses(source: str) -> set[str]:
    """Return the watched names that a module reads: as attributes, in queries, or as a choice."""
    return {name for node in ast.walk(ast.parse(source)) for name in _named(node)} & WATCHED


def uses_in_template(source: str) -> set[str]:
    """Return the watched names that a template shows or asks."""
    return set(IN_TEMPLATES.findall(source))


def _named(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Attribute):
        yield node.attr
        if isinstance(node.value, ast.Name) and node.value.id == "AttributionRule":
            yield "AttributionRule"
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        # "display_name", "participant__display_name", "-affiliation" in a query.
        if re.fullmatch(r"-?[a-z_]+", node.value):
            yield from node.value.lstrip("-").split("__")
    elif isinstance(node, ast.keyword) and node.arg:
        yield from node.arg.split("__")
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        yield node.func.id
    elif isinstance(node, ast.Compare):
        yield from (n.id for n in ast.walk(node) if isinstance(n, ast.Name))


def modules(folder: Path) -> Iterator[Path]:
    """Yield the modules of the application, but for migrations."""
    yield from sorted(p for p in folder.rglob("*.py") if "migrations" not in p.parts)
