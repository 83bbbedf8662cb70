from importlib import import_module

from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "apps.themes"
    verbose_name = "Themes"

    def ready(self) -> None:
        """Let the app say what it shows on pages of others."""
        import_module("apps.themes.contributions")
        import_module("apps.themes.records")
