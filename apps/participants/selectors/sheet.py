"""What the sheet for the tables says."""

from django.utils import formats

from apps.core.qr import qr_code
from apps.participants.models import JoinCode
from apps.participants.selectors.terms import deletion_of, rule_of
from apps.participants.sheet import SheetContent
from apps.workshops.models import Workshop


def sheet_of(code: JoinCode, *, url: str, address: str) -> SheetContent:
    """Return the content of the sheet with this `code`.

    `url` is where the QR code leads to, and `address` where one types the code.
    """
    workshop = code.workshop
    return SheetContent(
        title=workshop.title,
        facts=" · ".join(part for part in (_days(workshop), workshop.venue) if part),
        code=str(code),
        address=address,
        url=url,
        modules=[*qr_code(url).rows],
        lines=[[*rule_of(workshop)], [*deletion_of(workshop)]],
        day=workshop.starts_on.isoformat(),
    )


def _days(workshop: Workshop) -> str:
    last = formats.date_format(workshop.ends_on, "j F Y")
    if workshop.starts_on == workshop.ends_on:
        return last
    same_year = workshop.starts_on.year == workshop.ends_on.year
    return f"{formats.date_format(workshop.starts_on, 'j F' if same_year else 'j F Y')} to {last}"
