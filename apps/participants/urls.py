"""Addresses of joining, leaving and groups."""

from django.urls import path

from apps.participants.views import deletion, groups, history, joining, oneself, starting

app_name = "participants"
urlpatterns = [
    path("new/", starting.start_workshop, name="start_workshop"),
    path("join/", joining.join, name="join"),
    path("join/<str:code>/", joining.join_workshop, name="join_workshop"),
    path("w/<slug:slug>/leave/", joining.leave, name="leave"),
    path("w/<slug:slug>/join-code/", joining.renew_join_code, name="renew_join_code"),
    path("w/<slug:slug>/set-up/groups/", groups.groups, name="groups"),
    path("w/<slug:slug>/set-up/groups/new/", groups.add_group, name="add_group"),
    path("w/<slug:slug>/set-up/groups/<uuid:group_id>/", groups.change_group, name="change_group"),
    path(
        "w/<slug:slug>/set-up/groups/<uuid:group_id>/move/", groups.move_group, name="move_group"
    ),
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
