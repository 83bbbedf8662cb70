from importlib import import_module

from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "apps.workshops"
    verbose_name = "Workshops"

    def ready(self) -> None:
        """Let the app say what it shows on pages of others."""
        import_module("apps.workshops.contributions")
        import_module("apps.workshops.records")
