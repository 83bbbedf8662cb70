"""Addresses of statements, of answering, and of the room’s screen."""

from django.urls import path

from apps.statements.views import (
    asking,
    console,
    exporting,
    hands,
    importing,
    opinions,
    plan,
    proposals,
    responding,
    screen,
    statements,
    testing,
)

app_name = "statements"
urlpatterns = [
    path("statements/", statements.queue, name="queue"),
    path("statements/new/", statements.new, name="new"),
    path("statements/wording/", statements.wording, name="wording"),
    path("statements/plan/", plan.change, name="plan"),
    path("statements/opinions/", opinions.opinions, name="opinions"),
    path("statements/polis/", importing.polis, name="polis"),
    path("statements/export/", exporting.export, name="export"),
    path("statements/export/<uuid:file_id>/", exporting.download, name="download"),
    path("statements/propose/", proposals.propose, name="propose"),
    path("statements/proposals/", proposals.proposals, name="proposals"),
    path(
        "statements/proposals/<uuid:proposal_id>/accept/", proposals.accept, name="accept_proposal"
    ),
    path(
        "statements/proposals/<uuid:proposal_id>/decline/",
        proposals.decline,
        name="decline_proposal",
    ),
    path("statements/console/", console.console, name="console"),
    path("statements/rounds/open/", asking.open_them, name="open"),
    path("statements/rounds/close/", asking.close_them, name="close"),
    path("statements/rounds/next/", asking.next_round, name="next_round"),
    path("statements/rounds/reveal/", asking.reveal_them, name="reveal"),
    path("statements/<uuid:statement_id>/", statements.detail, name="detail"),
    path("statements/<uuid:statement_id>/edit/", statements.edit, name="edit"),
    path("statements/<uuid:statement_id>/move/", statements.move, name="move"),
    path("statements/<uuid:statement_id>/withdraw/", statements.withdraw, name="withdraw"),
    path("statements/<uuid:statement_id>/bring-back/", statements.bring_back, name="bring_back"),
    path("statements/<uuid:statement_id>/again/", asking.again, name="again"),
    path("statements/<uuid:statement_id>/tests/", testing.link, name="link"),
    path(
        "statements/<uuid:statement_id>/tests/<uuid:test_id>/remove/",
        testing.unlink,
        name="unlink",
    ),
    path("statements/<uuid:statement_id>/means/", asking.means, name="means"),
    path("statements/<uuid:statement_id>/hands/", hands.hands, name="hands"),
    path("statements/<uuid:statement_id>/hands/confirm/", hands.confirm, name="confirm_hands"),
    path("screen/", screen.screen, name="screen"),
    path("screen/show/", screen.show, name="show"),
    path("respond/", responding.respond, name="respond"),
    path("respond/offer/", responding.offer, name="offer"),
    path("respond/<uuid:round_id>/", responding.answer, name="answer"),
]
