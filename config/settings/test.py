"""The tests: the local profile on a database server of their own, quick and silent."""

import os

from config.launcher.postgres import EmbeddedPostgres
from config.settings.base import VAR_DIR

# Playwright keeps an event loop in the main thread; tests that run in the same process after it
# use the database synchronously, as they should.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
if not os.environ.get("DATABASE_URL"):
    os.environ["DATABASE_URL"] = EmbeddedPostgres(VAR_DIR / "postgres-test").hold()

from config.settings.database import database
from config.settings.local import *  # noqa: F403
from config.settings.local import DATABASE_URL

SECRET_KEY = "test-secret-key-of-no-other-use"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Not the one of the program beside it: a purge deletes what it finds there.
MAIL_FOLDER = VAR_DIR / "mail-test"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Messages go nowhere: the tests that need a worker start a real one with a real broker.
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
# A pool keeps connections open that the test runner must be able to drop.
DATABASES = {"default": database(DATABASE_URL, pool=False)}
ALLOWED_HOSTS = ["*"]
