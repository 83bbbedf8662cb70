"""Addresses of workshops."""

from django.urls import include, path

from apps.workshops import views

app_name = "workshops"
setup = [
    path("", views.setup, name="setup"),
    path("basics/", views.edit_basics, name="edit_basics"),
    path("sessions/new/", views.add_session, name="add_session"),
    path("sessions/<uuid:session_id>/", views.change_session, name="change_session"),
    path("questions/new/", views.add_guiding_question, name="add_guiding_question"),
    path(
        "questions/<uuid:question_id>/",
        views.change_guiding_question,
        name="change_guiding_question",
    ),
]
urlpatterns = [
    path("", views.workshop_list, name="list"),
    path("w/<slug:slug>/", views.overview, name="overview"),
    path("w/<slug:slug>/phase/", views.move_phase, name="move_phase"),
    path("w/<slug:slug>/set-up/", include(setup)),
]
