"""What several parts of a page need is read once, and only where nothing changes."""

import pytest

from apps.core.middleware import OnceAPageMiddleware
from apps.core.once import once_a_page, reading_alone
from apps.participants.selectors.attribution.groups import sized_groups
from tests.factories import GroupFactory, WorkshopFactory


@pytest.mark.django_db
def test_a_page_reads_the_groups_once(django_assert_num_queries):
    workshop = WorkshopFactory()
    GroupFactory(workshop=workshop)
    with reading_alone(), django_assert_num_queries(1):
        assert sized_groups(workshop) == sized_groups(workshop)
    with django_assert_num_queries(2):
        sized_groups(workshop)
        sized_groups(workshop)


def test_what_is_asked_otherwise_is_read_anew_and_nothing_outlasts_the_page():
    numbers = iter(range(10))

    @once_a_page
    def number(of: str, *, more: int = 0) -> int:
        return next(numbers)

    with reading_alone():
        assert [number("a"), number("a"), number("b"), number("a", more=1)] == [0, 0, 1, 2]
    with reading_alone():
        assert number("a") == 3
    assert [number("a"), number("a")] == [4, 5]


def test_a_request_that_changes_something_reads_anew(rf):
    seen = iter(range(10))
    read = once_a_page(lambda: next(seen))
    for method, found in (("get", [0, 0]), ("head", [1, 1]), ("post", [2, 3]), ("patch", [4, 5])):
        asked = OnceAPageMiddleware(lambda _request: [read(), read()])
        assert asked(getattr(rf, method)("/")) == found
