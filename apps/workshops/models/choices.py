"""The words that a field of a workshop, its days or its questions may hold."""

from django.db import models


class AttributionRule(models.TextChoices):
    """From the loosest to the strictest."""

    ON_RECORD = "on_record", "On the record"
    CHATHAM_HOUSE = "chatham_house", "Chatham House Rule"
    ANONYMOUS = "anonymous", "Anonymous"


class Phase(models.TextChoices):
    """In the order in which a workshop goes through them."""

    SETTING_UP = "setting_up", "Setting up"
    LIVE = "live", "Live"
    SYNTHESIS = "synthesis", "Synthesis"
    REVIEW = "review", "Review"
    PUBLISHED = "published", "Published"
    ARCHIVED = "archived", "Archived"


class Role(models.TextChoices):
    """What someone is in one workshop, as far as the tool is concerned."""

    OWNER = "owner", "Owner"
    FACILITATOR = "facilitator", "Facilitator"
    RAPPORTEUR = "rapporteur", "Rapporteur"
    PARTICIPANT = "participant", "Participant"
    OBSERVER = "observer", "Observer"


class Mode(models.TextChoices):
    IN_PERSON = "in_person", "In person"
    ONLINE = "online", "Online"
    HYBRID = "hybrid", "Hybrid"


class OrganisationRole(models.TextChoices):
    HOST = "host", "Host"
    PARTNER = "partner", "Partner"
    FUNDER = "funder", "Funder"
    VENUE = "venue", "Venue"
    ADDRESSEE = "addressee", "Whom results are for"
    CHANNEL = "channel", "Through which people were reached"
    EMPLOYER = "employer", "For which people spoke"
    APPROVER = "approver", "Approves the memo"
    OTHER = "other", "Otherwise concerned"


class SessionKind(models.TextChoices):
    PLENARY = "plenary", "Plenary"
    BREAKOUT = "breakout", "Breakout"
    CAFE_TABLE = "cafe_table", "Café table"
    NOMINAL_GROUP = "nominal_group", "Nominal group"
    TALK = "talk", "Talk"
    PANEL = "panel", "Panel"
    CLOSING = "closing", "Closing"


class QuestionOrigin(models.TextChoices):
    FRAMING = "framing", "Framing"
    EMERGENT = "emergent", "Emergent"


class QuestionState(models.TextChoices):
    OPEN = "open", "Still open"
    PARTLY = "partly", "Answered in part"
    ANSWERED = "answered", "Answered"
    DROPPED = "dropped", "Dropped"
