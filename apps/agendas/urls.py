"""Addresses of the agenda."""

from django.urls import path

from apps.agendas.views import agenda, links, outcomes, questions

app_name = "agendas"
urlpatterns = [
    path("", agenda.agenda, name="agenda"),
    path("questions/new/", questions.new, name="question-new"),
    path("questions/<uuid:question_id>/", questions.edit, name="question-edit"),
    path("questions/<uuid:question_id>/move/", questions.move, name="question-move"),
    path("questions/<uuid:question_id>/withdraw/", questions.withdraw, name="question-withdraw"),
    path("links/new/<uuid:annotation_id>/", links.new, name="link-new"),
    path("links/<uuid:link_id>/remove/", links.remove, name="link-remove"),
    path("outcomes/new/", outcomes.new, name="outcome-new"),
    path("outcomes/<uuid:outcome_id>/", outcomes.edit, name="outcome-edit"),
    path("outcomes/<uuid:outcome_id>/move/", outcomes.move, name="outcome-move"),
    path("outcomes/<uuid:outcome_id>/withdraw/", outcomes.withdraw, name="outcome-withdraw"),
]
