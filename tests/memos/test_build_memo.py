"""`manage.py build_memo`: the same memo without a browser."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.annotations.models import Kind
from apps.core.models import AuditEntry
from apps.memos.models import MemoFile, MemoVersion
from tests.factories import AnnotationFactory

pytestmark = pytest.mark.django_db


def test_it_writes_the_pdf_of_a_version_that_is_kept(workshop, tmp_path):
    output = tmp_path / "memo.pdf"
    said = StringIO()
    call_command("build_memo", workshop.slug, output=output, stdout=said)
    file = MemoFile.objects.get()
    assert output.read_bytes() == bytes(file.content)
    assert f"{file.pages} pages" in said.getvalue()
    assert AuditEntry.objects.get(verb="memo.made").actor_id is None
    call_command("build_memo", workshop.slug, output=tmp_path / "again.pdf", stdout=said)
    assert (tmp_path / "again.pdf").read_bytes() == output.read_bytes()
    assert MemoVersion.objects.count() == 1


def test_it_says_what_must_be_mended_and_writes_nothing(workshop, tmp_path):
    AnnotationFactory(theme=workshop.themes.first(), kind=Kind.DIVERGENCE, claim="Whether to stay")
    with pytest.raises(CommandError, match="Whether to stay"):
        call_command("build_memo", workshop.slug, output=tmp_path / "memo.pdf")
    assert not (tmp_path / "memo.pdf").exists()


def test_it_says_which_workshop_or_folder_is_not_there(workshop, tmp_path):
    with pytest.raises(CommandError, match="no workshop"):
        call_command("build_memo", "no-such", output=tmp_path / "memo.pdf")
    with pytest.raises(CommandError, match="can’t be written"):
        call_command("build_memo", workshop.slug, output=tmp_path / "no" / "memo.pdf")
