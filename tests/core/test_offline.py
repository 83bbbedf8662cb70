"""What lets pages open without a network: the worker, and the page of what a device keeps."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.core import staticfiles
from tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


def test_the_worker_is_in_charge_of_the_whole_site_and_asked_for_anew(client: Client):
    answer = client.get("/sw.js")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/javascript"
    assert answer["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    version, files = staticfiles.addresses()
    assert version in answer.content.decode()
    assert {"/static/js/main.js", "/static/css/main.css", "/static/js/queue/index.js"} <= set(files)
    # Nothing of other packages, and nothing that is only to be read.
    assert not [each for each in files if "spectacular" in each or each.endswith(".md")]


def test_a_changed_file_makes_another_version(settings, tmp_path):
    versions = []
    for content in ("one", "two"):
        (tmp_path / "only.js").write_text(content)
        settings.STATICFILES_DIRS = [tmp_path]
        staticfiles.addresses.cache_clear()
        versions.append(staticfiles.addresses())
    staticfiles.addresses.cache_clear()
    assert versions[0][0] != versions[1][0]
    assert versions[0][1] == versions[1][1] == ["/static/only.js"]


def test_the_page_of_what_a_device_keeps_knows_nobody(client: Client, rapporteur, browser_of):
    theirs = browser_of(rapporteur)
    pages = [each.get(reverse("device")) for each in (client, theirs)]
    assert [each.status_code for each in pages] == [200, 200]
    assert pages[0].content == pages[1].content
    assert pages[0]["Kept-On-Device"] == "yes"


def test_a_page_is_kept_where_it_says_so_and_no_refusal_is(rapporteur, browser_of, client: Client):
    SessionFactory(workshop=rapporteur.workshop)
    url = reverse("themes:capture", args=[rapporteur.workshop.slug])
    browser = browser_of(rapporteur)
    assert browser.get(url)["Kept-On-Device"] == "yes"
    for refused in (browser.post(url, {}), client.get(url), browser.get(url, {"session": "x"})):
        assert not refused.has_header("Kept-On-Device")
    overview = browser.get(reverse("workshops:overview", args=[rapporteur.workshop.slug]))
    assert not overview.has_header("Kept-On-Device")


def test_a_script_is_told_of_a_missing_token_in_its_own_terms(rapporteur):
    browser = Client(enforce_csrf_checks=True)
    url = reverse("themes:queue", args=[rapporteur.workshop.slug])
    answer = browser.post(url, "{}", content_type="application/json")
    assert (answer.status_code, "loaded again" in answer.json()["why"]) == (403, True)
