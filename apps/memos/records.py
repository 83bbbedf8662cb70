"""What of the memo stands in a workshop's file: who wrote it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from apps.core.contributions import contribute
from apps.core.documents import Field, Reading, Section, Text, Unfit, Writing
from apps.memos.models import Memo


@dataclass(frozen=True)
class Authors(Field):
    """The names of the authors. What else is said of them is kept as it was written."""

    def read(self, value: Any, row: Any, reading: Reading) -> Any:
        if not isinstance(value, list):
            raise Unfit("should be a list.")
        found = [each.get("name") if isinstance(each, dict) else each for each in value]
        names = [each for each in found if isinstance(each, str) and each]
        return self.cleaned(names, row)

    def told(self, value: Any, book: Any) -> Any:
        return [{"name": name} for name in value]


def _memo(writing: Writing) -> list[Memo]:
    return list(writing.scope.memos.all()[:1])


MEMO = Section(
    name="memo",
    noun="memo",
    model=Memo,
    rows=_memo,
    fields=(Authors("authors", also=("memo_authors",), default=()), Text("disclaimer")),
)


@contribute("workshop:head", order=70)
def head() -> Iterator[Section]:
    """Say what the file tells of the memo, beside the workshop itself."""
    yield MEMO
