from importlib import import_module

from django.apps import AppConfig


class MemosConfig(AppConfig):
    name = "apps.memos"
    verbose_name = "Memos"

    def ready(self) -> None:
        """Say what this app contributes to pages."""
        import_module("apps.memos.contributions")
        import_module("apps.memos.records")
