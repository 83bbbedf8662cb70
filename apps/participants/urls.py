"""Addresses of joining, leaving and groups."""

from django.urls import path

from apps.participants import views

app_name = "participants"
urlpatterns = [
    path("new/", views.start_workshop, name="start_workshop"),
    path("join/", views.join, name="join"),
    path("join/<str:code>/", views.join_workshop, name="join_workshop"),
    path("w/<slug:slug>/leave/", views.leave, name="leave"),
    path("w/<slug:slug>/join-code/", views.renew_join_code, name="renew_join_code"),
    path("w/<slug:slug>/set-up/groups/new/", views.add_group, name="add_group"),
    path("w/<slug:slug>/set-up/groups/<uuid:group_id>/", views.change_group, name="change_group"),
]
