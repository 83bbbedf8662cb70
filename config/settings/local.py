"""One person's machine: embedded PostgreSQL, no other server, mail into a folder.

Also what `manage.py` uses when nothing else is named. Loading these settings starts the embedded
server if it isn't up and nothing else was chosen; `DATABASE_URL` and `CELERY_BROKER_URL` switch
to real servers.
"""

from config.launcher.postgres import EmbeddedPostgres
from config.launcher.secret import local_secret
from config.settings.base import *  # noqa: F403
from config.settings.base import CELERY_BROKER_URL, DATABASE_URL, VAR_DIR, env
from config.settings.broker import transport_options
from config.settings.database import database

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="") or local_secret(VAR_DIR)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

DATABASE_URL = DATABASE_URL or EmbeddedPostgres(VAR_DIR / "postgres").hold()
DATABASES = {"default": database(DATABASE_URL)}
CELERY_BROKER_TRANSPORT_OPTIONS = transport_options(CELERY_BROKER_URL, DATABASE_URL)

EMAIL_BACKEND = "apps.accounts.local_mail.Backend"
MAIL_FOLDER = VAR_DIR / "mail"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STATIC_ROOT = None
