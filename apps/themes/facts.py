"""What other apps say of themes: the shapes of their contributions.

Providers are asked about many themes at once and answer with one dictionary from a theme's id,
in a constant number of queries. "themes:parts" is asked with `theme` for the `Part`s that can be
split off it. "themes:outline" is asked with `actor` and `themes` for lists of
`Fact`, "themes:placement" with `themes` for `Derived`, "themes:comment-about" with `comments` for
(text, url) by a comment's id. "themes:detail" is asked with `actor` and `theme` for panels.
"""

from dataclasses import dataclass

from django.db.models import Model

from apps.themes.models import Placement


@dataclass(frozen=True)
class Fact:
    """Something small to know of a theme: "1 consensus"; `kind` names its shape."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Part:
    """Something on a theme that can go under another: its row, and what it is in words."""

    row: Model
    text: str
    about: str = ""

    @property
    def id(self) -> str:
        """Its id, as forms and the API give it."""
        return str(self.row.pk)


@dataclass(frozen=True)
class Derived:
    """The section of the memo that follows from what a theme holds; `because` "it holds …"."""

    section: Placement
    because: str
    # What the theme holds that would stand in another section by itself: "it holds …".
    although: str = ""


@dataclass(frozen=True)
class Placed:
    """The section of the memo that a theme is printed in, and why there."""

    section: Placement
    because: str = ""
    by_hand: bool = False
    # What the theme holds that speaks against a place given by hand.
    contradiction: str = ""
    instead: Placement | None = None
    # What else it holds that would stand elsewhere by itself.
    although: str = ""

    @property
    def name(self) -> str:
        """The section as it is called in the memo."""
        return str(self.section.label)
