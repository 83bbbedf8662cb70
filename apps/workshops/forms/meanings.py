"""What each attribution rule means, in plain words: the field table, for people who choose."""

from apps.workshops.models import AttributionRule

IN_SHORT: dict[str, str] = {
    AttributionRule.ON_RECORD: "Who said what is stored, and may be shown once that person agrees.",
    AttributionRule.CHATHAM_HOUSE: (
        "What was said may be used; who said it, and for whom they work, is never revealed."
    ),
    AttributionRule.ANONYMOUS: "Who said what is not stored at all, nor the group they belong to.",
}

FOR_WHAT: dict[str, dict[str, str]] = {
    AttributionRule.ON_RECORD: {
        "Speakers": (
            "Who said a note is kept. The team sees it; others only once the speaker agrees."
        ),
        "Groups": "A note shows the group of its speaker: “a scholar”.",
        "Comments": "Under the name of whoever writes them.",
        "The memo": "May name people and quote them, as far as they agree.",
    },
    AttributionRule.CHATHAM_HOUSE: {
        "Speakers": (
            "Who said a note isn’t kept, unless you choose so below. No page, memo, export or "
            "search shows it."
        ),
        "Groups": (
            "A group is named where at least five participants who joined, besides the reader, "
            "belong to it; else it says “a participant”."
        ),
        "Comments": (
            "Under the group that whoever wrote them was in then, with the same limit, then and "
            "now."
        ),
        "The memo": (
            "Lists people as each of them chose, and says nothing of who said what. A verbatim "
            "quotation needs its speaker’s consent."
        ),
    },
    AttributionRule.ANONYMOUS: {
        "Speakers": "Nothing is kept. The database refuses it.",
        "Groups": "Never with a note, nor with a comment.",
        "Comments": "Nothing is kept that leads to whoever wrote them.",
        "The memo": "No group is given for what was said, and nobody is quoted verbatim.",
    },
}
