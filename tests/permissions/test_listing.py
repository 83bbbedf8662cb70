"""Every address stands in the table, and what isn't there doesn't."""

from django.apps import apps
from django.urls import path

from tests.permissions.addresses import addresses
from tests.permissions.listing import unlisted, without_example
from tests.permissions.table import lines


def test_the_table_speaks_of_every_address_and_method_and_of_no_other():
    found = list(unlisted(lines(), addresses()))
    assert not found, "\n".join(found)


def test_every_address_that_takes_something_has_an_example():
    found = list(without_example(lines()))
    assert not found, "\n".join(found)


def test_no_answer_is_asked_for_by_a_suffix():
    found = [address for address in addresses() if "format" in address.arguments]
    assert found == []


def test_no_admin_is_there():
    assert not apps.is_installed("django.contrib.admin")
    assert not [each for each in addresses() if each.name.startswith("admin:")]


def _beyond(found):
    """Return what is found beyond what is wrong with the table itself."""
    return set(found) - set(unlisted(lines(), addresses()))


def test_the_check_finds_an_address_without_a_line():
    more = [*addresses(), *addresses([path("secret/", print, name="secret")])]
    [found] = _beyond(unlisted(lines(), more))
    assert "`secret` (/secret/) isn't in docs/permissions.md. Add a line" in found


def test_the_check_finds_a_method_without_a_line():
    few = [line for line in lines() if (line.route, "POST" in line.methods) != ("api:note-list", 1)]
    [note] = [line for line in lines() if line.route == "api:note-list"]
    reading = type(note)(**{**vars(note), "methods": ("GET", "HEAD")})
    [found] = _beyond(unlisted([*few, reading], addresses()))
    assert found.startswith("`api:note-list` takes POST, of which docs/permissions.md says nothing")


def test_the_check_finds_a_line_without_an_address():
    there = [address for address in addresses() if address.name != "notes:detail"]
    [found] = _beyond(unlisted(lines(), there))
    assert "speaks of `notes:detail`, but there is no such address" in found


def test_the_check_finds_a_method_that_is_made_up():
    [line] = [line for line in lines() if line.route == "api:memo-latest"]
    more = type(line)(**{**vars(line), "methods": (*line.methods, "DELETE")})
    [found] = _beyond(unlisted([*lines(), more], addresses()))
    assert "who may use DELETE at `api:memo-latest`" in found


def test_the_check_finds_a_line_without_an_example():
    [line] = [line for line in lines() if line.route == "themes:add"]
    other = type(line)(**{**vars(line), "route": "themes:other"})
    [found] = without_example([other])
    assert "`themes:other`" in found
