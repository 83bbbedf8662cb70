from django.apps import AppConfig


class AgendasConfig(AppConfig):
    name = "apps.agendas"
    verbose_name = "Agendas"
