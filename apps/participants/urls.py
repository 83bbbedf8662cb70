"""Addresses of people: the list of them, joining, coming in by a link, leaving, and groups."""

from django.urls import include, path

from apps.participants.views import (
    deletion,
    groups,
    history,
    importing,
    joining,
    links,
    lobby,
    oneself,
    people,
    several,
    sheet,
    starting,
)

app_name = "participants"
roster = [
    path("", people.people, name="people"),
    path("new/", people.add_person, name="add_person"),
    path("several/", several.change_several, name="change_several"),
    path("several/invite/", several.invite_several, name="invite_several"),
    path("list.csv", people.export_people, name="export_people"),
    path("import/", importing.import_people, name="import_people"),
    path("import/<uuid:draft_id>/", importing.roster_columns, name="roster_columns"),
    path("import/<uuid:draft_id>/check/", importing.check_roster, name="check_roster"),
    path("import/<uuid:draft_id>/drop/", importing.drop_roster, name="drop_roster"),
    path("<uuid:participant_id>/", people.person, name="person"),
    path("<uuid:participant_id>/remove/", people.remove_person, name="remove_person"),
    path("<uuid:participant_id>/back/", people.bring_back, name="bring_back"),
    path("<uuid:participant_id>/erase/", people.erase_person, name="erase_person"),
]
urlpatterns = [
    path("new/", starting.start_workshop, name="start_workshop"),
    path("join/", joining.join, name="join"),
    path("join/<str:code>/", joining.join_workshop, name="join_workshop"),
    path("w/<slug:slug>/leave/", joining.leave, name="leave"),
    path("w/<slug:slug>/join-code/", sheet.join_code, name="join_code"),
    path("w/<slug:slug>/join-code/sheet.pdf", sheet.join_sheet, name="join_sheet"),
    path("w/<slug:slug>/join-code/renew/", sheet.renew_join_code, name="renew_join_code"),
    path("w/<slug:slug>/waiting/", joining.wait, name="wait"),
    path("w/<slug:slug>/lobby/", lobby.lobby, name="lobby"),
    path("w/<slug:slug>/lobby/all/", lobby.admit_all, name="admit_all"),
    path("w/<slug:slug>/lobby/<uuid:participant_id>/in/", lobby.admit, name="admit"),
    path("w/<slug:slug>/lobby/<uuid:participant_id>/away/", lobby.turn_away, name="turn_away"),
    path("w/<slug:slug>/keep-place/", links.keep_place, name="keep_place"),
    path("w/<slug:slug>/people/", include(roster)),
    path(
        "w/<slug:slug>/people/<uuid:participant_id>/invitation/",
        links.invitation,
        name="invitation",
    ),
    path("k/", links.use_link, name="use_link"),
    path("k/<str:token>/", links.open_link, name="open_link"),
    path("w/<slug:slug>/set-up/groups/", groups.groups, name="groups"),
    path("w/<slug:slug>/set-up/groups/new/", groups.add_group, name="add_group"),
    path("w/<slug:slug>/set-up/groups/<uuid:group_id>/", groups.change_group, name="change_group"),
    path("w/<slug:slug>/set-up/groups/<uuid:group_id>/move/", groups.move_group, name="move_group"),
    path(
        "w/<slug:slug>/set-up/groups/<uuid:group_id>/remove/",
        groups.remove_group,
        name="remove_group",
    ),
    path("w/<slug:slug>/yourself/", oneself.oneself, name="oneself"),
    path("w/<slug:slug>/yourself/held.json", oneself.held, name="held"),
    path("w/<slug:slug>/yourself/erase/", oneself.erase, name="erase"),
    path("w/<slug:slug>/history/", history.show_history, name="history"),
    path("w/<slug:slug>/deletion/", deletion.deletion, name="deletion"),
    path("w/<slug:slug>/deletion/date/", deletion.change_date, name="change_deletion_date"),
    path("w/<slug:slug>/deletion/now/", deletion.purge_now, name="purge"),
]
