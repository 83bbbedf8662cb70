"""How much somebody lets be told of them: only they themselves let more be told than before."""

from apps.participants.models import Listing, Naming, Participant

# From what tells least to what tells most.
TELLING: dict[str, list[str]] = {
    "listing": [Listing.NONE, Listing.ROLE_LABEL, Listing.NAME, Listing.FULL],
    "attribution": [Naming.NO, Naming.YES],
}
ONLY_THEY = "They have agreed to less. Only they themselves can let more be told of them."


def may_propose(person: Participant, field: str, value: str) -> bool:
    """Say whether those who keep the list may set `field` of `person` to `value`.

    Until somebody agrees to the rule it is a proposal, which they are asked about then. From then
    on it may only become less.
    """
    order = TELLING.get(field)
    if order is None or person.consented_at is None:
        return True
    return order.index(value) <= order.index(getattr(person, field))
