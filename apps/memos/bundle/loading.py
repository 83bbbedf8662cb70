"""Loading a bundle: all of it in one transaction, or nothing."""

import json
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from apps.agendas.models import Outcome, ResearchQuestion
from apps.annotations.models import Annotation, Evidence, Sense
from apps.core import audit
from apps.memos.bundle.findings import read_annotations, read_terms
from apps.memos.bundle.reading import BundleInvalid, Part
from apps.memos.bundle.record import read_comments, read_notes, read_themes
from apps.memos.bundle.results import Origins, read_outcomes, read_research_questions
from apps.memos.bundle.setting import read_setting
from apps.notes.models import Note
from apps.themes.models import Theme
from apps.workshops.models import Workshop

FORMAT = "rapporteur/workshop-1"
EXAMPLE = Path(__file__).parents[1] / "example" / "security_partnerships.json"


def example() -> Any:
    """Return the bundle of the example workshop."""
    return json.loads(EXAMPLE.read_text(encoding="utf-8"))


def load_bundle(data: object, *, replace: bool = False) -> Workshop:
    """Make the workshop that `data` describes, with everything in it, and return it.

    For the administrator of an instance, who has its command line. A workshop with the same slug
    is deleted first if `replace`. Raises `BundleInvalid`, having written nothing, when `data`
    can't be read, or when there is such a workshop already.
    """
    try:
        with transaction.atomic():
            return _load(Part(data), replace=replace)
    except IntegrityError as error:
        raise BundleInvalid("", f"the database refuses it ({error})") from error


def _load(bundle: Part, *, replace: bool) -> Workshop:
    if bundle.text("format") != FORMAT:
        raise bundle.refuse("format", f"should be “{FORMAT}”")
    head = bundle.part("workshop")
    slug = head.text("slug")
    existing = Workshop.objects.filter(slug=slug).first()
    if existing and replace:
        _delete(existing)
    elif existing:
        raise head.refuse("slug", f"there is a workshop “{slug}” already")
    setting = read_setting(bundle, head, slug)
    head.close()
    themes = read_themes(bundle, setting)
    notes = read_notes(bundle, setting, themes)
    annotations = read_annotations(bundle, setting, themes, notes)
    terms = read_terms(bundle, setting, annotations)
    origins: Origins = {"themes": themes, "annotations": annotations, "terms": terms}
    read_research_questions(bundle, setting, origins)
    read_outcomes(bundle, setting, origins)
    read_comments(bundle, setting, themes, annotations)
    bundle.close()
    workshop = setting.workshop
    audit.record("workshop.loaded", workshop, actor=None, scope_id=workshop.pk)
    return workshop


def _delete(workshop: Workshop) -> None:
    """Delete a workshop; what others rest on, which is protected, goes after what rests on it."""
    for model in (Outcome, ResearchQuestion, Evidence, Sense, Annotation, Note):
        model._default_manager.filter(workshop=workshop).delete()
    Theme.objects.of_workshop(workshop).update(parent=None)
    Theme.objects.of_workshop(workshop).delete()
    workshop.delete()
