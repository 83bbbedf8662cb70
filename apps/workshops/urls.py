"""Addresses of workshops."""

from django.urls import path

from apps.workshops import views

app_name = "workshops"
urlpatterns = [
    path("", views.workshop_list, name="list"),
    path("w/<slug:slug>/", views.overview, name="overview"),
]
