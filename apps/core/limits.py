"""How often something may be done, counted for all processes together."""

from datetime import timedelta

from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac


def may_again(what: str, whose: str, *, times: int, within: timedelta) -> bool:
    """Say whether `what` may be done again for `whose`, and count it if so.

    It may `times` in any stretch of `within`. What is kept is a keyed digest: whose it was can't be
    read from it. Call it last in a transaction: until that ends, others wait who ask about the
    same. Of several, ask in an order that is the same for everybody.
    """
    key = salted_hmac("apps.core.limits", f"{what} {whose}", algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    now = timezone.now()
    done = [at for at in cache.get(key, []) if at > now - within]
    if len(done) >= times:
        return False
    cache.set(key, [*done, now], within.total_seconds())
    return True
