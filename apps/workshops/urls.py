"""Addresses of workshops."""

from django.urls import include, path

from apps.workshops.views import overview, setup

app_name = "workshops"
setting_up = [
    path("", setup.setup, name="setup"),
    path("basics/", setup.edit_basics, name="edit_basics"),
    path("sessions/new/", setup.add_session, name="add_session"),
    path("sessions/<uuid:session_id>/", setup.change_session, name="change_session"),
    path("questions/new/", setup.add_guiding_question, name="add_guiding_question"),
    path(
        "questions/<uuid:question_id>/",
        setup.change_guiding_question,
        name="change_guiding_question",
    ),
]
urlpatterns = [
    path("", overview.workshop_list, name="list"),
    path("w/<slug:slug>/", overview.overview, name="overview"),
    path("w/<slug:slug>/phase/", overview.move_phase, name="move_phase"),
    path("w/<slug:slug>/set-up/", include(setting_up)),
]
