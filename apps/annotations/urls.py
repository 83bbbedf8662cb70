"""Addresses of annotations and terms, within a workshop."""

from django.urls import path

from apps.annotations.views import annotations, comments, evidence, evidence_map, supporting, terms

app_name = "annotations"
urlpatterns = [
    path("map/", evidence_map.evidence_map, name="map"),
    path("annotations/new/<uuid:theme_id>/", annotations.new, name="new"),
    path("annotations/advice/<uuid:theme_id>/", annotations.advice, name="advice"),
    path("annotations/<uuid:annotation_id>/edit/", annotations.edit, name="edit"),
    path("annotations/<uuid:annotation_id>/move/", annotations.move, name="move"),
    path("annotations/<uuid:annotation_id>/withdraw/", annotations.withdraw, name="withdraw"),
    path("annotations/<uuid:annotation_id>/evidence/", evidence.evidence, name="evidence"),
    path("annotations/<uuid:annotation_id>/choose/", evidence.choose, name="choose"),
    path("annotations/evidence/<uuid:evidence_id>/detach/", evidence.detach, name="detach"),
    path("annotations/<uuid:annotation_id>/comment/", comments.comment, name="comment"),
    path("annotations/<uuid:annotation_id>/support/", supporting.support, name="support"),
    path("terms/", terms.term_list, name="terms"),
    path("terms/new/", terms.new, name="term-new"),
    path("terms/from-note/<uuid:note_id>/", terms.take, name="term-take"),
    path("terms/<uuid:term_id>/edit/", terms.edit, name="term-edit"),
    path("terms/<uuid:term_id>/remove/", terms.remove, name="term-remove"),
]
