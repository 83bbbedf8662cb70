"""The example workshop: the site's own file, whose people have roles and accounts."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.agendas.models import Outcome, ResearchQuestion
from apps.annotations.models import Annotation, Evidence, Sense
from apps.core import audit
from apps.core.documents.parsing import screen
from apps.memos.workshop_file.example_answers import answers, play_answers
from apps.memos.workshop_file.loading import save_rows, understood
from apps.notes.models import Note
from apps.participants.codes import make_code
from apps.participants.models import JoinCode
from apps.themes.models import Theme
from apps.workshops.models import Workshop

EXAMPLE = Path(__file__).parents[1] / "example" / "security_partnerships.json"
SLUG = "security-partnerships"
# Who has an account, by their ids in the file.
ACCOUNTS = {
    "owner": "owner@example.org",
    "rapporteur": "rapporteur@example.org",
    "facilitator": "facilitator@example.org",
}
# An illustration holds nobody's words, so its door may stay open.
OPEN = dt.timedelta(days=3650)


def example() -> Any:
    """Return what the file of the example workshop says."""
    return json.loads(EXAMPLE.read_text(encoding="utf-8"))


@transaction.atomic
def load_example(content: Any = None, *, slug: str = SLUG, replace: bool = False) -> Workshop:
    """Make the example workshop, or the one that `content` describes in its stead; return it.

    For the administrator of an instance, who has its command line. The example's own room has
    answered, too (see `example_answers`). A workshop with that `slug` is deleted first if
    `replace`. Raises `Refused`.
    """
    given = answers() if content is None else None
    content = example() if content is None else content
    screen(content)
    found = understood(content, trusted=True)
    if replace:
        _delete(slug)
    workshop = found.workshop
    workshop.slug = slug
    workshop.save(force_insert=True)
    for record in found.reading.records["people"]:
        email = ACCOUNTS.get(record.rest.key)
        record.row.user = _account(email, record.row.display_name) if email else None
    save_rows(found)
    JoinCode.objects.create(workshop=workshop, code=make_code(), expires_at=timezone.now() + OPEN)
    audit.record("workshop.loaded", workshop, actor=None, scope_id=workshop.pk)
    if given is not None:
        play_answers(found.reading, given)
    return workshop


def _account(email: str, name: str) -> User:
    """Return the account with an address; a new one has no password."""
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User(email=User.objects.normalize_email(email), name=name)
        user.set_unusable_password()
        user.save(force_insert=True)
    return user


def _delete(slug: str) -> None:
    """Delete a workshop; what others rest on, which is protected, goes after what rests on it."""
    workshop = Workshop.objects.filter(slug=slug).first()
    if workshop is None:
        return
    for model in (Outcome, ResearchQuestion, Evidence, Sense, Annotation, Note):
        model._default_manager.filter(workshop=workshop).delete()
    Theme.objects.of_workshop(workshop).update(parent=None)
    Theme.objects.of_workshop(workshop).delete()
    workshop.delete()
