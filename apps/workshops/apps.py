from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "apps.workshops"
    verbose_name = "Workshops"
