"""Memos over the API."""

import pytest
from django.utils import timezone

from apps.annotations.models import Kind
from apps.core import jobs
from apps.core.models import JobState
from apps.memos import services
from apps.memos.models import Memo, MemoFile, MemoVersion
from apps.workshops.models import Phase, Role
from tests.factories import AnnotationFactory, MemoFileFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(workshop):
    return f"/api/v1/workshops/{workshop.slug}/"


@pytest.fixture
def api(team, api_of):
    return api_of(team)


@pytest.fixture
def file(team, workshop):
    return services.make_memo(actor=team, workshop=workshop)


def made_ready(file):
    MemoFile.objects.filter(pk=file.pk).update(
        state=JobState.READY, content=b"%PDF-1.7 x", size=10, pages=9, finished_at=timezone.now()
    )


def test_a_memo_is_asked_for_watched_and_downloaded(api, url):
    asked = api.post(f"{url}memos/")
    assert asked.status_code == 202
    state = f"{url}memo-files/{asked.json()['id']}/"
    assert api.get(state).json()["state"] == "queued"
    assert api.get(f"{state}download/").status_code == 404
    made_ready(MemoFile.objects.get())
    assert api.get(state).json()["pages"] == 9
    for accept in ("*/*", "application/pdf"):
        answer = api.get(f"{state}download/", headers={"Accept": accept})
        assert answer.content == b"%PDF-1.7 x"
        assert answer["Content-Disposition"].endswith('security-partnerships-draft-1.pdf"')


def test_versions_are_listed_and_the_newest_is_read_whole(api, url, file):
    listed = api.get(f"{url}memos/").json()["results"]
    assert [(v["number"], v["label"], "content" in v) for v in listed] == [(1, "Draft 1", False)]
    latest = api.get(f"{url}memos/latest/").json()
    assert latest == api.get(f"{url}memos/{file.version_id}/").json()
    assert latest["content"] == file.version.content
    assert latest["content"]["schema"] == "rapporteur/memo-1"


def test_there_is_no_newest_version_before_one_is_made(api, url):
    assert api.get(f"{url}memos/latest/").status_code == 404


def test_a_refusal_says_what_is_to_be_mended(api, url, workshop):
    AnnotationFactory(theme=workshop.themes.first(), kind=Kind.DIVERGENCE, claim="Whether to stay")
    answer = api.post(f"{url}memos/")
    assert answer.status_code == 422
    assert "Whether to stay" in answer.json()["detail"]
    assert not MemoVersion.objects.exists()


def test_a_failed_file_is_tried_again_and_no_other(api, url, file):
    retry = f"{url}memo-files/{file.pk}/retry/"
    assert api.post(retry).status_code == 422
    jobs.fail(jobs.claim(MemoFile, file.pk), "It took too long.")
    assert api.get(f"{url}memo-files/{file.pk}/").json()["reason"] == "It took too long."
    answer = api.post(retry)
    assert (answer.status_code, answer.json()["state"]) == (202, "queued")


def test_settings_are_changed_in_part(api, url, workshop):
    answer = api.patch(f"{url}memos/settings/", {"with_record": False})
    assert answer.json() == {
        "authors": ["Remi Okafor"], "disclaimer": "", "with_record": False, "version": 2,
    }  # fmt: skip
    stale = api.patch(f"{url}memos/settings/", {"authors": []}, headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    assert api.patch(f"{url}memos/settings/", {"authors": "no list"}).status_code == 400
    assert Memo.objects.get(workshop=workshop).authors == ["Remi Okafor"]


def test_readers_see_nothing_until_it_is_published(api_of, url, workshop, file):
    made_ready(file)
    reader = api_of(ParticipantFactory(workshop=workshop, role=Role.OBSERVER))
    assert reader.get(f"{url}memos/").json()["results"] == []
    for path in ("memos/latest/", f"memos/{file.version_id}/", f"memo-files/{file.pk}/download/"):
        assert reader.get(f"{url}{path}").status_code == 404
    assert reader.post(f"{url}memos/").status_code == 403
    assert reader.patch(f"{url}memos/settings/", {"authors": []}).status_code == 403
    workshop.phase = Phase.PUBLISHED
    workshop.save()
    assert reader.get(f"{url}memos/latest/").status_code == 404  # a draft
    team = ParticipantFactory(workshop=workshop, role=Role.RAPPORTEUR)
    file = services.make_memo(actor=team, workshop=workshop)
    made_ready(file)
    assert reader.get(f"{url}memos/latest/").json()["number"] == 2
    assert reader.get(f"{url}memo-files/{file.pk}/download/").content == b"%PDF-1.7 x"


def test_files_of_other_workshops_do_not_exist(api, url):
    foreign = MemoFileFactory(version__content={"version": "Draft 1"})
    made_ready(foreign)
    for path in (f"memo-files/{foreign.pk}/", f"memo-files/{foreign.pk}/download/"):
        assert api.get(f"{url}{path}").status_code == 404
    assert api.post(f"{url}memo-files/{foreign.pk}/retry/").status_code == 404
    assert api.get(f"{url}memos/{foreign.version_id}/").status_code == 404
    assert api.get(f"{url}memo-files/nonsense/").status_code == 404


def test_nobody_is_asked_to_authenticate(client, url, file):
    assert client.get(f"{url}memos/").status_code == 401
