"""The memo's page, its files and its settings."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.annotations.models import Kind
from apps.core import jobs
from apps.core.models import JobState
from apps.memos import services
from apps.memos.models import Memo, MemoFile, MemoVersion
from apps.workshops.models import Phase, Role, Workshop
from tests.factories import (
    AnnotationFactory,
    MemoFileFactory,
    ParticipantFactory,
    PositionFactory,
    SessionFactory,
    ThemeFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def url(workshop):
    return reverse("memos:memo", args=[workshop.slug])


@pytest.fixture
def signed_in(team, browser_of):
    return browser_of(team)


@pytest.fixture
def file(team, workshop):
    return services.make_memo(actor=team, workshop=workshop)


def made_ready(file):
    MemoFile.objects.filter(pk=file.pk).update(
        state=JobState.READY, content=b"%PDF-1.7 x", size=10, pages=9, finished_at=timezone.now()
    )


def test_the_page_shows_the_memo_as_it_stands_with_links_to_evidence(signed_in, url, workshop):
    page = signed_in.get(url).content.decode()
    for part in ("Executive summary", "Areas of consensus", "Areas of divergence", "How we know"):
        assert part in page
    annotation = workshop.annotations.first()
    theme = reverse("themes:detail", args=[workshop.slug, annotation.theme_id])
    assert f'href="{theme}#annotation-{annotation.pk}"' in page
    assert "illustration" in page
    assert not MemoVersion.objects.exists()


def test_making_leads_back_to_the_file_on_the_page(signed_in, url, workshop):
    answer = signed_in.post(reverse("memos:make", args=[workshop.slug]), follow=True)
    file = MemoFile.objects.get()
    assert answer.redirect_chain[-1][0] == f"{url}#file-{file.pk}"
    page = answer.content.decode()
    assert "Queued" in page
    assert '<meta http-equiv="refresh"' in page


def test_making_by_htmx_answers_with_the_files(signed_in, workshop):
    answer = signed_in.post(reverse("memos:make", args=[workshop.slug]), headers=HTMX)
    page = answer.content.decode()
    assert page.lstrip().startswith('<div class="files" id="files">')
    assert 'hx-trigger="every 2s"' in page


def test_what_must_be_mended_is_shown_with_links_and_nothing_is_made(signed_in, url, workshop):
    divergence = AnnotationFactory(
        theme=workshop.themes.first(), kind=Kind.DIVERGENCE, claim="Whether to stay"
    )
    PositionFactory(annotation=divergence)
    place = reverse("themes:detail", args=[workshop.slug, divergence.theme_id])
    link = f'href="{place}#annotation-{divergence.pk}"'
    assert link in signed_in.get(url).content.decode()
    for headers in ({}, HTMX):
        answer = signed_in.post(reverse("memos:make", args=[workshop.slug]), headers=headers)
        assert answer.status_code == 422
        assert link in answer.content.decode()
        assert 'role="alert"' in answer.content.decode()
    assert answer["HX-Retarget"] == "#memo-problems"
    assert not MemoVersion.objects.exists()


def test_a_file_says_how_far_it_is(signed_in, workshop, file):
    state = reverse("memos:file-state", args=[workshop.slug, file.pk])
    assert "Queued" in signed_in.get(state).content.decode()
    job = jobs.claim(MemoFile, file.pk)
    running = signed_in.get(state).content.decode()
    assert "Rendering" in running
    assert "every 2s" in running
    jobs.fail(job, "It took too long.")
    failed = signed_in.get(state).content.decode()
    assert "It took too long." in failed
    assert "Try again" in failed
    assert "every 2s" not in failed
    retried = signed_in.post(reverse("memos:retry", args=[workshop.slug, file.pk]), headers=HTMX)
    assert "Queued" in retried.content.decode()
    made_ready(file)
    done = signed_in.get(state).content.decode()
    assert "9 pages" in done
    assert "every 2s" not in done


def test_a_download_is_named_for_its_version_and_stored_by_nobody(signed_in, workshop, file):
    url = reverse("memos:file", args=[workshop.slug, file.pk])
    assert signed_in.get(url).status_code == 404
    made_ready(file)
    answer = signed_in.get(url)
    assert answer.content == b"%PDF-1.7 x"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        'attachment; filename="security-partnerships-draft-1.pdf"'
    )
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_readers_get_nothing_before_publication_and_the_newest_version_after(
    browser_of, workshop, url, file, team
):
    made_ready(file)
    reader = browser_of(ParticipantFactory(workshop=workshop))
    download = reverse("memos:file", args=[workshop.slug, file.pk])
    page = reader.get(url).content.decode()
    assert "The memo isn’t published yet" in page
    assert "Executive summary" not in page
    assert reader.get(download).status_code == 404
    assert reader.get(reverse("memos:file-state", args=[workshop.slug, file.pk])).status_code == 404
    for name, arguments in (("make", []), ("retry", [file.pk]), ("settings", [])):
        refused = reader.post(reverse(f"memos:{name}", args=[workshop.slug, *arguments]))
        assert refused.status_code in {403, 404}
    workshop.phase = Phase.PUBLISHED
    workshop.save()
    page = reader.get(url).content.decode()
    assert "The memo is being finished" in page
    assert "Executive summary" not in page
    assert reader.get(download).status_code == 404
    file = services.make_memo(actor=team, workshop=workshop)
    made_ready(file)
    download = reverse("memos:file", args=[workshop.slug, file.pk])
    page = reader.get(url).content.decode()
    assert "Executive summary" in page
    assert "/themes/" not in re.sub(r"(?s)<header class=\"rail\">.*?</header>", "", page)
    assert 'href="#note-14"' in page
    assert reader.get(download).content == b"%PDF-1.7 x"
    workshop.phase = Phase.REVIEW
    workshop.save()
    assert reader.get(download).status_code == 404


def test_readers_see_what_the_room_answered_as_it_was_when_it_was_published(answered, browser_of):
    Workshop.objects.filter(pk=answered.pk).update(phase=Phase.PUBLISHED)
    team = answered.participants.get(role=Role.RAPPORTEUR)
    services.make_memo(actor=team, workshop=team.workshop)
    url = reverse("memos:memo", args=[answered.slug])
    page = browser_of(ParticipantFactory(workshop=answered)).get(url).content.decode()
    memo = page.split('<article class="document"', 1)[1]
    assert "9 of 25 disagreed, 8 of them practitioners." in memo
    assert '(statement <a href="#statement-9">9</a>)' in memo
    item = memo.split('id="statement-9"', 1)[1].split("</li>\n    <li", 1)[0]
    assert '<desc id="answers-9-words-1">14 agree, 2 unsure, 9 disagree</desc>' in item
    assert "Practitioners" in item
    assert "/statements/" not in memo
    drafting = browser_of(team).get(url).content.decode()
    statement = answered.statements.get(text__startswith="The United States enters partnerships")
    assert reverse("statements:detail", args=[answered.slug, statement.pk]) in drafting


def test_a_version_from_before_the_room_was_asked_is_shown_as_it_was(workshop, browser_of, team):
    Workshop.objects.filter(pk=workshop.pk).update(phase=Phase.PUBLISHED)
    file = services.make_memo(actor=team, workshop=workshop)
    assert '"answers": {' not in json.dumps(file.version.content)
    reader = browser_of(ParticipantFactory(workshop=workshop))
    page = reader.get(reverse("memos:memo", args=[workshop.slug])).content.decode()
    assert "Areas of consensus" in page
    assert 'class="answered' not in page


def test_a_file_of_another_workshop_is_not_there(signed_in, workshop):
    foreign = MemoFileFactory(version__content={"version": "Draft 1"})
    made_ready(foreign)
    for name in ("file", "file-state"):
        assert (
            signed_in.get(reverse(f"memos:{name}", args=[workshop.slug, foreign.pk])).status_code
            == 404
        )
    retry = reverse("memos:retry", args=[workshop.slug, foreign.pk])
    assert signed_in.post(retry).status_code == 404


def test_an_outsider_finds_no_memo(browser_of, url):
    assert browser_of(ParticipantFactory(role=Role.OWNER)).get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_settings_are_saved_and_a_conflict_loses_nothing(signed_in, workshop, url):
    settings = reverse("memos:settings", args=[workshop.slug])
    assert 'value="1"' in signed_in.get(settings).content.decode()
    saved = signed_in.post(settings, {"authors": "Remi Okafor\nImke Vos", "version": "1"})
    assert saved.status_code == 302
    memo = Memo.objects.get(workshop=workshop)
    assert (memo.authors, memo.with_record) == (["Remi Okafor", "Imke Vos"], False)
    stale = signed_in.post(settings, {"authors": "Somebody Else", "version": "1"})
    page = stale.content.decode()
    assert stale.status_code == 409
    assert "Remi Okafor; Imke Vos" in page
    assert "Somebody Else" in page
    assert 'name="version" value="2"' in page
    invalid = signed_in.post(settings, {"authors": "x" * 200, "version": "2"})
    assert invalid.status_code == 422
    assert "at most 120 characters" in invalid.content.decode()


def test_an_empty_workshop_has_a_memo_page(browser_of):
    team = ParticipantFactory(role=Role.RAPPORTEUR, workshop=WorkshopFactory(number_present=None))
    page = browser_of(team).get(reverse("memos:memo", args=[team.workshop.slug]))
    assert page.status_code == 200
    assert not Memo.objects.exists()


def test_user_text_is_never_markup(browser_of):
    team = ParticipantFactory(role=Role.RAPPORTEUR)
    hostile = "<script>alert(1)</script>"
    session = SessionFactory(workshop=team.workshop, title=hostile)
    theme = ThemeFactory(workshop=team.workshop, title=hostile, summary=hostile)
    AnnotationFactory(theme=theme, claim=hostile, session=session)
    page = browser_of(team).get(reverse("memos:memo", args=[team.workshop.slug])).content.decode()
    assert hostile not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_page_makes_as_many_queries_for_one_version_as_for_thirty(
    signed_in, url, workshop, file, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        signed_in.get(url)
    for number in range(2, 31):
        MemoFileFactory(
            version__memo=file.version.memo, version__number=number,
            version__content=file.version.content,
        )  # fmt: skip
    with django_assert_max_num_queries(len(one)):
        signed_in.get(url)


def test_the_overview_says_that_the_memo_is_to_be_made_and_the_rail_which_there_is(
    signed_in, workshop, file
):
    overview = signed_in.get(reverse("workshops:overview", args=[workshop.slug])).content.decode()
    assert '<span class="count">v1</span>' in overview
    assert "Make the memo" in overview
