"""Addresses of workshops."""

from django.urls import URLPattern, URLResolver, include, path

from apps.workshops.views import (
    coverage,
    navigation,
    organisations,
    overview,
    programme,
    questions,
    rules,
    search,
    sessions,
    setup,
    steering,
)

app_name = "workshops"
of_session = [
    path("", sessions.change_session, name="change_session"),
    path("move/", sessions.move_session, name="move_session"),
    path("remove/", sessions.remove_session, name="remove_session"),
]
of_question = [
    path("", questions.change_guiding_question, name="change_guiding_question"),
    path("move/", questions.move_guiding_question, name="move_guiding_question"),
    path("remove/", questions.remove_guiding_question, name="remove_guiding_question"),
]
of_organisation = [
    path("", organisations.change_organisation, name="change_organisation"),
    path("move/", organisations.move_organisation, name="move_organisation"),
    path("remove/", organisations.remove_organisation, name="remove_organisation"),
]
setting_up: list[URLPattern | URLResolver] = [
    path("", setup.setup, name="setup"),
    path("basics/", setup.edit_basics, name="edit_basics"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/new/", sessions.add_session, name="add_session"),
    path("sessions/programme/", programme.paste_programme, name="paste_programme"),
    path("sessions/<uuid:session_id>/", include(of_session)),
    path("questions/", questions.questions, name="questions"),
    path("questions/new/", questions.add_guiding_questions, name="add_guiding_questions"),
    path("questions/<uuid:question_id>/", include(of_question)),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/new/", organisations.add_organisation, name="add_organisation"),
    path("organisations/<uuid:organisation_id>/", include(of_organisation)),
    path("attribution/", rules.attribution, name="attribution"),
    path("consensus/", rules.consensus, name="consensus"),
    path("privacy/", rules.privacy, name="privacy"),
]
urlpatterns = [
    path("", overview.workshop_list, name="list"),
    path("w/<slug:slug>/", overview.overview, name="overview"),
    path("w/<slug:slug>/navigation/", navigation.navigation, name="navigation"),
    path("w/<slug:slug>/room/", steering.room, name="room"),
    path("w/<slug:slug>/sessions/<uuid:session_id>/go", steering.go, name="go_to_session"),
    path(
        "w/<slug:slug>/sessions/<uuid:session_id>/open",
        steering.open_session,
        name="open_session",
    ),
    path("w/<slug:slug>/phase/", overview.move_phase, name="move_phase"),
    path("w/<slug:slug>/coverage/", coverage.coverage, name="coverage"),
    path("w/<slug:slug>/search/", search.search, name="search"),
    path("w/<slug:slug>/set-up/", include(setting_up)),
]
