from importlib import import_module

from django.apps import AppConfig


class AnnotationsConfig(AppConfig):
    name = "apps.annotations"
    verbose_name = "Annotations"

    def ready(self) -> None:
        """Let the app say what it shows on pages of others."""
        import_module("apps.annotations.contributions")
        import_module("apps.annotations.records")
