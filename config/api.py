"""The REST API: its routes, its schema, its documentation page."""

from csp.decorators import csp_update
from django.urls import include, path
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from apps.agendas.api import LinkViewSet, OutcomeViewSet, ResearchQuestionViewSet
from apps.annotations.api import (
    AnnotationViewSet,
    EvidenceViewSet,
    PositionViewSet,
    TermViewSet,
)
from apps.core.api import schema
from apps.memos.api import MemoFileViewSet, MemoViewSet
from apps.notes.api import NoteViewSet, ThoughtViewSet
from apps.participants.api import (
    GroupViewSet,
    ParticipantViewSet,
    PersonViewSet,
    WorkshopViewSet,
)
from apps.statements.api import RoundViewSet, StatementViewSet, TestViewSet
from apps.themes.api import CommentViewSet, RearrangementViewSet, ThemeViewSet
from apps.workshops.api import (
    GuidingQuestionViewSet,
    OrganisationViewSet,
    SearchViewSet,
    SessionViewSet,
)

router = SimpleRouter()
router.register("workshops", WorkshopViewSet, basename="workshop")
in_workshop = SimpleRouter()
in_workshop.register("sessions", SessionViewSet, basename="session")
in_workshop.register("guiding-questions", GuidingQuestionViewSet, basename="guiding-question")
in_workshop.register("organisations", OrganisationViewSet, basename="organisation")
in_workshop.register("search", SearchViewSet, basename="search")
in_workshop.register("groups", GroupViewSet, basename="group")
in_workshop.register("participants", ParticipantViewSet, basename="participant")
in_workshop.register("people", PersonViewSet, basename="person")
in_workshop.register("notes", NoteViewSet, basename="note")
in_workshop.register("thoughts", ThoughtViewSet, basename="thought")
in_workshop.register("themes", ThemeViewSet, basename="theme")
in_workshop.register("rearrangements", RearrangementViewSet, basename="rearrangement")
in_workshop.register("comments", CommentViewSet, basename="comment")
in_workshop.register("annotations", AnnotationViewSet, basename="annotation")
of_annotation = r"annotations/(?P<annotation_id>[^/.]+)"
in_workshop.register(f"{of_annotation}/positions", PositionViewSet, basename="position")
in_workshop.register(f"{of_annotation}/evidence", EvidenceViewSet, basename="evidence")
in_workshop.register("terms", TermViewSet, basename="term")
in_workshop.register("statements", StatementViewSet, basename="statement")
of_statement = r"statements/(?P<statement_id>[^/.]+)"
in_workshop.register(f"{of_statement}/tests", TestViewSet, basename="test")
in_workshop.register("rounds", RoundViewSet, basename="round")
in_workshop.register("research-questions", ResearchQuestionViewSet, basename="research-question")
in_workshop.register("outcomes", OutcomeViewSet, basename="outcome")
in_workshop.register("links", LinkViewSet, basename="link")
in_workshop.register("memos", MemoViewSet, basename="memo")
in_workshop.register("memo-files", MemoFileViewSet, basename="memo-file")

# The documentation page styles itself inline; nothing of it comes from elsewhere.
documentation = csp_update(
    {"style-src": ["'self'", "'unsafe-inline'"], "img-src": ["'self'", "data:"]}
)(SpectacularSwaggerSplitView.as_view(url_name="api:schema", http_method_names=["get", "head"]))

app_name = "api"
urlpatterns = [
    path("schema/", schema, name="schema"),
    path("docs/", documentation, name="docs"),
    path("", include(router.urls)),
    path("workshops/<slug:slug>/", include(in_workshop.urls)),
]
