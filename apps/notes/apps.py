from importlib import import_module

from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "apps.notes"
    verbose_name = "Notes"

    def ready(self) -> None:
        """Let the app say what is held, kept and told of notes, and what a deployment lacks."""
        import_module("apps.notes.checks")
        import_module("apps.notes.contributions")
        import_module("apps.notes.records")
