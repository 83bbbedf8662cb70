"""Who reads what of the agenda, and what other pages say of it."""

import pytest

from apps.agendas.models import OutcomeKind
from apps.agendas.selectors import agenda_of, agenda_visible_to
from apps.annotations.services import withdraw_annotation
from apps.core.contributions import contributed
from apps.core.exceptions import RuleViolation
from apps.core.navigation import navigation
from apps.workshops.models import Phase, Role
from tests.agendas.agendas import filled, lengthen
from tests.factories import OutcomeFactory, ParticipantFactory, ResearchQuestionFactory

pytestmark = pytest.mark.django_db

OUTSIDERS = [Role.PARTICIPANT, Role.OBSERVER]


@pytest.mark.parametrize("role", OUTSIDERS)
def test_outsiders_read_the_agenda_without_what_is_unpublished(rapporteur, role):
    made = filled(rapporteur.workshop)
    reader = ParticipantFactory(workshop=rapporteur.workshop, role=role)
    agenda = agenda_visible_to(reader)
    [asked], [reached] = agenda.questions, agenda.outcomes
    assert (asked.question, reached.outcome) == (made.question, made.outcome)
    for origins in (asked.origins, reached.rests_on):
        assert origins.themes == (made.shown,)
        assert [each.claim for each in origins.annotations] == ["Plain claim"]
    assert [term.name for term in asked.origins.terms] == ["plain word"]


def test_the_team_and_the_memo_read_all_of_it(rapporteur):
    made = filled(rapporteur.workshop)
    for agenda in (agenda_visible_to(rapporteur), agenda_of(rapporteur.workshop)):
        [asked], [reached] = agenda.questions, agenda.outcomes
        assert asked.origins.themes == reached.rests_on.themes == (made.shown, made.secret)
        assert len(asked.origins.terms) == 2


@pytest.mark.parametrize("role", OUTSIDERS)
@pytest.mark.parametrize("phase", [Phase.SETTING_UP, Phase.LIVE])
def test_outsiders_read_nothing_while_the_day_goes_on(rapporteur, role, phase):
    filled(rapporteur.workshop)
    reader = ParticipantFactory(workshop=rapporteur.workshop, role=role)
    reader.workshop.phase = phase
    agenda = agenda_visible_to(reader)
    assert (agenda.questions, agenda.outcomes) == ((), ())
    [entry] = [each for each in navigation(reader) if each.label == "Agenda"]
    assert entry.count == 0


def test_a_part_tells_only_what_it_has_beyond_its_question(rapporteur):
    made = filled(rapporteur.workshop)
    part = ResearchQuestionFactory(workshop=rapporteur.workshop, parent=made.question, new=False)
    part.origin_themes.add(made.shown)
    [asked] = agenda_of(rapporteur.workshop).questions
    assert [each.question for each in asked.parts] == [part]
    assert not asked.parts[0].origins


def test_recommendations_stand_among_takeaways_and_headings_without_any_are_left_out(rapporteur):
    workshop = rapporteur.workshop
    kinds = [OutcomeKind.NEXT_EVENT, OutcomeKind.RECOMMENDATION, OutcomeKind.TAKEAWAY]
    made = [OutcomeFactory(workshop=workshop, kind=kind) for kind in kinds]
    sections = agenda_of(workshop).sections
    assert [section.title for section in sections] == ["Key takeaways", "Next event"]
    assert [each.outcome for each in sections[0].outcomes] == made[1:]


def test_the_agenda_is_read_in_as_many_queries_however_long(
    rapporteur, django_assert_num_queries, django_assert_max_num_queries
):
    lengthen(rapporteur.workshop, 1)
    reader = ParticipantFactory(workshop=rapporteur.workshop)
    for read in (lambda: agenda_of(rapporteur.workshop), lambda: agenda_visible_to(reader)):
        with django_assert_max_num_queries(12) as short:
            read()
        lengthen(rapporteur.workshop, 10)
        with django_assert_num_queries(len(short.captured_queries)):
            read()


def test_the_overview_says_what_comes_from_nowhere(rapporteur):
    made = filled(rapporteur.workshop)
    assert not _steps(rapporteur)
    loose = ResearchQuestionFactory(workshop=rapporteur.workshop, new=False)
    ResearchQuestionFactory(workshop=rapporteur.workshop, parent=loose, new=False)
    ResearchQuestionFactory(workshop=rapporteur.workshop)
    OutcomeFactory(workshop=rapporteur.workshop)
    OutcomeFactory(workshop=rapporteur.workshop, kind=OutcomeKind.NOT_COVERED)
    assert _steps(rapporteur) == [
        "2 research questions come from nowhere",
        "1 outcome rests on nothing said",
    ]
    assert not _steps(ParticipantFactory(workshop=made.question.workshop))


def test_an_empty_agenda_is_begun_in_synthesis(rapporteur):
    assert _steps(rapporteur) == ["No research question yet"]


def test_a_finding_that_the_agenda_rests_on_is_not_removed(rapporteur):
    made = filled(rapporteur.workshop)
    finding = made.question.origin_annotations.get(theme=made.shown)
    with pytest.raises(RuleViolation) as refusal:
        withdraw_annotation(actor=rapporteur, annotation=finding)
    assert "“Plain question?”" in str(refusal.value)
    assert "“Plain takeaway.”" in str(refusal.value)
    assert made.question.origin_annotations.filter(pk=finding.pk).exists()


def _steps(actor):
    return [
        step.text for step in contributed("workshops:next", actor=actor) if "agenda" in step.url
    ]
