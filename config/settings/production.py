"""Behind a TLS-terminating proxy, with real servers and every secret from the environment."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403
from config.settings.base import CELERY_BROKER_URL, DEFAULT_SECRET_KEY, SECRET_KEY, env
from config.settings.broker import transport_options
from config.settings.database import database

SHORTEST_SECRET = 32
if SECRET_KEY == DEFAULT_SECRET_KEY or len(SECRET_KEY) < SHORTEST_SECRET:
    raise ImproperlyConfigured(
        f"SECRET_KEY must be set to a secret of at least {SHORTEST_SECRET} characters. Make one "
        "with: python -c 'import secrets; print(secrets.token_urlsafe(48))'"
    )

DATABASE_URL = env("DATABASE_URL")
DATABASES = {"default": database(DATABASE_URL)}
CELERY_BROKER_TRANSPORT_OPTIONS = transport_options(CELERY_BROKER_URL, DATABASE_URL)

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="smtp://localhost:25")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "apps.core.staticfiles.Storage"},
}

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SESSION_COOKIE_SECURE = env.bool("SESSION_COOKIE_SECURE", default=True)
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
