"""The ASGI application: Django, and behind some of its answers streams that stay open."""

import os

from django.core.asgi import get_asgi_application

from apps.core.live.stream import LivePages
from apps.core.turns import Turns

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

application = LivePages(Turns(get_asgi_application()))
