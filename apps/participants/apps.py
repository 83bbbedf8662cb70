from importlib import import_module

from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "apps.participants"
    verbose_name = "Participants"

    def ready(self) -> None:
        """Let the app say what it shows on pages of others."""
        import_module("apps.participants.contributions")
        import_module("apps.participants.records")
