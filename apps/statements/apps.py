from importlib import import_module

from django.apps import AppConfig


class StatementsConfig(AppConfig):
    name = "apps.statements"
    verbose_name = "Statements"

    def ready(self) -> None:
        """Let the app say what it shows on pages of others."""
        import_module("apps.statements.contributions")
        import_module("apps.statements.records")
