from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "apps.themes"
    verbose_name = "Themes"
