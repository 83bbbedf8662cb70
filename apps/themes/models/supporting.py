"""Who holds the same, without a word: of a theme here, of comments and findings beside these."""

from django.db import models

from apps.core.constraints import same_workshop
from apps.participants.models import Participant
from apps.themes.models.themes import Theme
from apps.workshops.models import Workshop


class Support(models.Model):
    """That somebody holds the same as something says: counted, and never shown to be theirs.

    Whose it is goes when they are erased, on the deletion date, and under the anonymous rule. A
    table for each kind of thing that can be supported, which calls these rows its `supports`.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="+")
    participant = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


def supported_once(field: str, to: str) -> list[models.BaseConstraint]:
    """Let each person support a `to` of their workshop once, by foreign key `field`."""
    return [
        same_workshop(field, to),
        same_workshop("participant", "participants.Participant"),
        models.UniqueConstraint(fields=[field, "participant"], name="%(app_label)s_%(class)s_once"),
    ]


class ThemeSupport(Support):
    """That somebody holds what a theme says."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="supports")

    class Meta:
        verbose_name = "support"
        constraints = supported_once("theme", "themes.Theme")
