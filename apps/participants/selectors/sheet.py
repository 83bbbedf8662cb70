"""What the sheet for the tables says, in the workshop's language where there are words for it."""

from apps.core.qr import qr_code
from apps.participants.models import JoinCode
from apps.participants.selectors.terms import deletion_of, rule_of
from apps.participants.sheet import SheetContent
from apps.participants.sheet.words import Terms, Words, words_in
from apps.workshops.attribution import keeps_speakers, leaves_no_trace, speakers_kept_until
from apps.workshops.models import AttributionRule, Workshop


def sheet_of(code: JoinCode, *, url: str, address: str) -> SheetContent:
    """Return the content of the sheet with this `code`.

    `url` is where the QR code leads to, and `address` where one types the code.
    """
    workshop = code.workshop
    words = words_in(workshop.language)
    return SheetContent(
        language=words.language,
        join=words.join,
        alt=words.alt.format(url=url),
        scan=words.scan,
        type=words.code,
        need=words.need,
        title=workshop.title,
        facts=" · ".join(part for part in (_days(workshop, words), workshop.venue) if part),
        code=str(code),
        address=address,
        modules=[*qr_code(url).rows],
        lines=[[*line] for line in _lines(workshop, words)],
        day=workshop.starts_on.isoformat(),
    )


def _lines(workshop: Workshop, words: Words) -> list[tuple[str, str]]:
    if words.terms is None:
        return [rule_of(workshop), deletion_of(workshop)]
    rule = words.terms.rules[AttributionRule(workshop.attribution_rule)]
    return [rule, _deletion(workshop, words, words.terms)]


def _deletion(workshop: Workshop, words: Words, terms: Terms) -> tuple[str, str]:
    """Return when what is deleted, as `deletion_of` says it in English."""
    what = terms.name if leaves_no_trace(workshop) else terms.all
    if workshop.purge_on is not None:
        lead, rest = terms.dated
        return lead.format(day=words.told(workshop.purge_on)), rest.format(what=what)
    if keeps_speakers(workshop):
        until = speakers_kept_until(workshop).astimezone(workshop.zone).date()
        what = terms.speakers_dated.format(day=words.told(until))
    lead, rest = terms.undated
    return lead, rest.format(what=what)


def _days(workshop: Workshop, words: Words) -> str:
    last = words.told(workshop.ends_on)
    if workshop.starts_on == workshop.ends_on:
        return last
    same_year = workshop.starts_on.year == workshop.ends_on.year
    return words.until.format(
        first=words.told(workshop.starts_on, with_year=not same_year), last=last
    )
