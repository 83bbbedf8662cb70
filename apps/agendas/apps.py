from importlib import import_module

from django.apps import AppConfig


class AgendasConfig(AppConfig):
    name = "apps.agendas"
    verbose_name = "Agendas"

    def ready(self) -> None:
        """Let the app say what it shows on pages of others."""
        import_module("apps.agendas.contributions")
        import_module("apps.agendas.records")
