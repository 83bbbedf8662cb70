"""Small objects that stand in a record and have no ids of their own."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apps.core.documents.fields import Field, Unfit

if TYPE_CHECKING:
    from apps.core.documents.reading import Reading


@dataclass(frozen=True)
class Parts(Field):
    """Several objects of the same `names`. What isn't of the format is refused, never kept."""

    names: tuple[str, ...] = ()
    strict: bool = True
    default: Any = ()
    linked = True
    private = True

    @abstractmethod
    def part(self, said: Mapping[str, Any], row: Any, reading: "Reading") -> Any:
        """Return what one of them means, `row` being that of the record. Raises `Unfit`."""

    def read(self, value: Any, row: Any, reading: "Reading") -> Any:
        if not isinstance(value, list):
            raise Unfit("should be a list.")
        found: list[Any] = []
        for place, each in enumerate(value):
            try:
                found.append(self.part(self._object(each), row, reading))
            except Unfit as unfit:
                raise Unfit(str(unfit), at=f"[{place}]{unfit.at}") from None
        return found

    def _object(self, said: Any) -> Mapping[str, Any]:
        if not isinstance(said, dict):
            raise Unfit("should be an object.")
        for name in said:
            if name not in self.names:
                raise Unfit("isn’t part of the format.", at=f".{name}")
        return said
