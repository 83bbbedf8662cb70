"""What accounts refuse."""

from apps.core.exceptions import NotPermitted


class SecondFactorNeeded(NotPermitted):
    """The instance asks whoever is of a team for a second step at sign-in, and they have none."""
