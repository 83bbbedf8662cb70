"""Loading a workshop from a file: all of it in one transaction, or nothing."""

import re
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from apps.accounts.models import User
from apps.core import audit
from apps.core.documents import Problem, Reading, Refused, Section, parsed
from apps.core.documents.reading import KEPT, NO_PLACE, Record
from apps.core.documents.saving import save
from apps.memos.models import Remainder
from apps.memos.workshop_file.sections import FILE, FORMAT, OF_THE_FILE, WITHIN, heads, lists
from apps.participants.models import Participant
from apps.participants.selectors.attribution import names_people
from apps.participants.services import may_start_workshop, own_workshop
from apps.workshops.models import Workshop

KIBIBYTE = 1024
# A page sends it on once more, within what a form may hold; the command line has more room.
LARGEST, LARGEST_HERE = 1_500 * KIBIBYTE, 20_000 * KIBIBYTE


@dataclass(frozen=True)
class Understood:
    """What a file was understood to say, before anything of it is saved."""

    reading: Reading
    workshop: Workshop
    remainder: Remainder

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many of what it holds, in words."""
        found = []
        for section in (each for top in lists() for each in top.everything()):
            if number := len(self.reading.rows(section.name)):
                several = section.name.replace("_", " ")
                found.append((section.noun if number == 1 else several, number))
        return found

    @property
    def notices(self) -> list[Problem]:
        """What wasn't understood and is kept as it was written."""
        return self.reading.notices

    @property
    def kinds_of_notices(self) -> list[tuple[str, list[Problem]]]:
        """The notices by what they are about: `annotations: quantifier`."""
        found: dict[str, list[Problem]] = {}
        for notice in self.reading.notices:
            about = re.sub(r"\[\d+\]", "", notice.path).replace(".", " · ").replace("_", " ")
            found.setdefault(about, []).append(notice)
        return list(found.items())


def understand(data: bytes, *, largest: int = LARGEST, trusted: bool = False) -> Understood:
    """Return what `data` says of a workshop; nothing is written.

    `trusted` is what belongs to the site itself, such as its example: it says who has which role.
    Raises `Refused`, with each place, for what can't be loaded.
    """
    return understood(parsed(data, largest=largest), trusted=trusted)


@transaction.atomic
def load_workshop(*, user: User, data: bytes, largest: int = LARGEST) -> Participant:
    """Make the workshop that `data` describes, and return `user` as its owner.

    Anyone with an account may. Raises `NotPermitted`, and `Refused`, having written nothing.
    """
    may_start_workshop(user)
    found = understand(data, largest=largest)
    owner = own_workshop(user=user, workshop=found.workshop)
    save_rows(found)
    audit.record("workshop.loaded", owner.workshop, actor=owner, scope_id=owner.workshop_id)
    return owner


def understood(data: Any, *, trusted: bool) -> Understood:
    """Return what the JSON `data` says of a workshop; nothing is written. See `understand`."""
    if not isinstance(data, dict):
        raise Refused([Problem("", "should be an object, with a “workshop” in it.")])
    if data.get("format", FORMAT) != FORMAT:
        raise Refused([Problem("format", f"should be “{FORMAT}”.")])
    head = data.get("workshop")
    if not isinstance(head, dict):
        raise Refused([Problem("workshop", "is needed, and should be an object.")])
    workshop = Workshop()
    reading = Reading(workshop)
    reading.context["trusted"] = trusted
    left = {name: value for name, value in data.items() if name not in OF_THE_FILE}
    inner = dict(left.pop("workshop"))
    for section in lists():
        within = section.name in WITHIN and section.name in inner
        value = (inner if within else left).pop(section.name, None)
        reading.gather(section, value, within="workshop." if within else "")
    _fill_head(reading, inner)
    # Much of the rest depends on its days and its rule.
    reading.refuse_if_wrong()
    reading.context["names_people"] = names_people(workshop)
    reading.fill_all(lists())
    remainder = Remainder(workshop=workshop, section=FILE, subject=workshop.pk)
    _keep(reading, left, remainder)
    reading.refuse_if_wrong()
    return Understood(reading, workshop, remainder)


def _fill_head(reading: Reading, inner: dict[str, Any]) -> None:
    """Read the workshop and the memo, which share one object; the zone comes first."""
    zone = inner.get("time_zone")
    try:
        reading.zone = ZoneInfo(zone) if isinstance(zone, str) and zone else reading.zone
    except (ValueError, OSError, KeyError):
        reading.problems.append(Problem("workshop.time_zone", "isn’t a time zone."))
    records: list[Record] = []
    for section in heads():
        row = reading.scope if isinstance(reading.scope, section.model) else None
        record = reading.record(section, "workshop", inner, row=row)
        record.left = inner
        records.append(record)
        reading.records[section.name] = [record]
    for record in reversed(records):
        reading.fill(record, leave=record is records[0])


def _keep(reading: Reading, left: dict[str, Any], remainder: Remainder) -> None:
    remainder.unknown.update(reading.spared)
    for name, value in left.items():
        if value is None or value in ("", [], {}):
            continue
        remainder.unknown[name] = value
        reading.notices.append(Problem(name, f"{NO_PLACE} {KEPT}"))


def save_rows(found: Understood) -> None:
    """Write everything but the workshop's own row, which is there."""
    reading = found.reading
    others: list[Section] = [each for each in heads() if each.model is not Workshop]
    try:
        with transaction.atomic():
            save(reading, [*others, *lists()])
            Remainder.objects.bulk_create(
                [
                    found.remainder,
                    *(
                        Remainder(
                            workshop=found.workshop,
                            section=rest.section,
                            subject=rest.subject,
                            key=rest.key,
                            unknown=rest.unknown,
                            said=rest.said,
                        )
                        for rest in reading.remainders()
                    ),
                ]
            )
    except IntegrityError as error:
        said = str(error).partition("\n")[0]
        raise Refused([Problem("", f"The database refuses it: {said}")]) from error
