"""The ASGI application: Django, and behind some of its answers streams that stay open."""

import os

from django.core.asgi import get_asgi_application

from apps.core.live.stream import LivePages

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

application = LivePages(get_asgi_application())
