"""Whether the table speaks of every address and of nothing else."""

from collections.abc import Iterable, Iterator

from tests.permissions.addresses import Address
from tests.permissions.bodies import BODIES
from tests.permissions.table import Line

SAFE = {"GET", "HEAD"}


def unlisted(lines: Iterable[Line], found: Iterable[Address]) -> Iterator[str]:
    """Yield a sentence for each address or method that the table doesn't speak of, or invents."""
    named: dict[str, set[str]] = {}
    for line in lines:
        named.setdefault(line.route, set()).update(line.methods)
    known = {address.name: address for address in found}
    for name, address in known.items():
        if name not in named:
            yield (
                f"`{name}` (/{address.written}) isn't in docs/permissions.md. Add a line to the "
                "table of its app: what it is, the address, its methods, and who may use them."
            )
        elif address.methods and (missing := address.methods - named[name]):
            yield (
                f"`{name}` takes {', '.join(sorted(missing))}, of which docs/permissions.md says "
                "nothing. Add the method to its line, or a line of its own if others may use it."
            )
    for name, methods in named.items():
        if name not in known:
            yield (
                f"docs/permissions.md speaks of `{name}`, but there is no such address. Remove "
                "its lines, or mend the name."
            )
        elif known[name].methods and (made_up := methods - SAFE - known[name].methods):
            yield (
                f"docs/permissions.md says who may use {', '.join(sorted(made_up))} at `{name}`, "
                "which takes no such method. Take it out of the line."
            )


def without_example(lines: Iterable[Line]) -> Iterator[str]:
    """Yield a sentence for each address of which nobody says what may be sent there."""
    for line in lines:
        if set(line.methods) - SAFE - {"DELETE"} and line.route not in BODIES:
            yield (
                f"{line} takes something, but tests/permissions/bodies.py says nothing good to "
                "send. Add an example: its fields and values, or {} if it takes none."
            )
