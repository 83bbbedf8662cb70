"""Words of lists in several languages, and comparing names as people do."""

from apps.core.texts import fold
from apps.participants.models import Function, Listing, Naming
from apps.workshops.models import Role

# What a column holds, by its heading: folded, in English, German, French, Spanish, Italian,
# Dutch and Portuguese.
HEADINGS: dict[str, str] = {
    "name": (
        "name|full name|fullname|display name|participant|participant name|person|vollstandiger "
        "name|ganzer name|teilnehmer|teilnehmerin|teilnehmende|teilnehmer in|nom complet|nom et "
        "prenom|prenom et nom|nom prenom|prenom nom|participant e|nombre completo|nombre y "
        "apellidos|nombre y apellido|apellidos y nombre|participante|nome completo|nome e cognome|"
        "cognome e nome|partecipante|volledige naam|naam|deelnemer|vor und nachname|name vorname|"
        "vorname name|nachname vorname|vorname nachname|last name first name|first and last name"
    ),
    "first_name": (
        "first name|firstname|given name|given names|forename|forenames|first|vorname|vornamen|"
        "rufname|prenom|prenoms|nombre|nombres|nome|voornaam|primeiro nome|nome proprio"
    ),
    "last_name": (
        "last name|lastname|surname|family name|last|nachname|familienname|zuname|nom|nom de "
        "famille|apellido|apellidos|cognome|achternaam|familienaam|sobrenome|apelido"
    ),
    "email": (
        "e mail|email|mail|e mail address|email address|mail address|e mail adresse|email adresse|"
        "mailadresse|mail adresse|courriel|adresse courriel|adresse e mail|adresse email|adresse "
        "electronique|adresse mail|mel|correo|correo electronico|direccion de correo|e mailadres|"
        "emailadres|posta elettronica|indirizzo e mail|indirizzo email|endereco de e mail|"
        "endereco de email|your e mail|your email|contact"
    ),
    "affiliation": (
        "affiliation|affiliations|organisation|organization|institution|institute|company|"
        "employer|university|institutional affiliation|org|zugehorigkeit|einrichtung|firma|"
        "arbeitgeber|universitat|hochschule|institut|organisme|etablissement|institution de "
        "rattachement|rattachement|entreprise|employeur|universite|afiliacion|organizacion|"
        "institucion|empresa|universidad|entidad|affiliazione|organizzazione|istituzione|ente|"
        "universita|azienda|organisatie|instelling|bedrijf|affiliatie|universiteit|afiliacao|"
        "organizacao|instituicao|universidade"
    ),
    "group": (
        "group|groups|stakeholder group|stakeholder|stakeholder type|gruppe|gruppen|"
        "stakeholdergruppe|interessengruppe|groupe|groupes|partie prenante|college|grupo|grupos|"
        "grupo de interes|parte interesada|gruppo|groep|belanghebbende|community|sector|category|"
        "kategorie|categorie|categoria"
    ),
    "role": (
        "role|roles|role in the workshop|workshop role|rolle|rollen|role dans l atelier|rol|papel|"
        "ruolo|funktion|fonction|funcion|function"
    ),
    "functions": "functions|function in the event|functie|beitrag|contribution|intervention",
    "listing": (
        "listing|listed|list as|listed as|list me as|how to be listed|how would you like to be "
        "listed|listing choice|auflistung|nennung|nennung in der liste|teilnehmerliste|liste|"
        "mention|figurer dans la liste|listado|aparecer en la lista|elenco|vermelding|listagem"
    ),
    "attribution": (
        "attribution|naming|naming permission|may be named|may be quoted|quote by name|quotation|"
        "named|namensnennung|zitieren|darf zitiert werden|zitat|citation|citer|peut etre cite|"
        "atribucion|citar|puede ser citado|attribuzione|citazione|citaat|atribuicao"
    ),
}  # fmt: skip

# Only words that mean the role in this tool: a role gives rights, and a host needn't have any.
ROLES: dict[str, str] = {
    Role.OWNER: "owner|eigentumer|eigentumerin|proprietaire|propietario|propietaria|proprietario",
    Role.FACILITATOR: (
        "facilitator|co facilitator|moderator|moderatorin|moderation|animateur|animatrice|"
        "facilitateur|facilitatrice|moderateur|moderatrice|facilitador|facilitadora|moderador|"
        "moderadora|facilitatore|moderatore|begeleider"
    ),
    Role.RAPPORTEUR: (
        "rapporteur|rapporteuse|note taker|notetaker|protokoll|protokollant|protokollantin|"
        "berichterstatter|berichterstatterin|relator|relatora|relatore|relatrice|notulist"
    ),
    Role.PARTICIPANT: (
        "participant|participants|participant e|participante|teilnehmer|teilnehmerin|teilnehmende|"
        "teilnehmer in|partecipante|deelnemer|attendee|delegate|guest|gast|invite|invitee|member"
    ),
    Role.OBSERVER: (
        "observer|beobachter|beobachterin|beobachtende|observateur|observatrice|observador|"
        "observadora|osservatore|osservatrice|waarnemer|listener"
    ),
}

FUNCTIONS: dict[str, str] = {
    Function.SPEAKER: (
        "speaker|keynote|keynote speaker|presenter|referent|referentin|vortragende|redner|rednerin|"
        "orateur|oratrice|conferencier|conferenciere|intervenant|intervenante|ponente|oratore|spreker"
    ),
    Function.PANELIST: "panelist|panellist|panel|podium|panelista|discussant|paneliste",
    Function.CHAIR: (
        "chair|chairperson|chairman|chairwoman|session chair|vorsitz|vorsitzende|vorsitzender|"
        "sitzungsleitung|president|presidente|presidenta|presidence|voorzitter"
    ),
    Function.SCRIBE: "scribe|schriftfuhrung|schriftfuhrer|schriftfuhrerin",
    Function.COMMITTEE: (
        "committee|programme committee|program committee|organising committee|komitee|"
        "programmkomitee|comite|comite scientifique|comite organizador|comitato|comissao"
    ),
}

LISTINGS: dict[str, str] = {
    Listing.FULL: (
        "full|name and affiliation|full name and affiliation|name affiliation|name und "
        "einrichtung|name und organisation|nom et affiliation|nom et organisation|nombre y "
        "afiliacion|nombre y organizacion|vollstandig|complet|completo|everything|all"
    ),
    Listing.NAME: (
        "name|name only|only name|only my name|nur name|nur der name|nur mein name|nom|nom "
        "seulement|nom seul|nombre|solo nombre|solo el nombre|yes|ja|oui|si|sim|y|j|o|true|x"
    ),
    Listing.ROLE_LABEL: (
        "role label|role|role only|group|group only|only as a member of a group|as a member of a "
        "group|anonymous|anonym|anonyme|anonimo|rolle|nur rolle|gruppe|nur gruppe|groupe|groupe "
        "seulement|grupo|solo grupo"
    ),
    Listing.NONE: (
        "none|not at all|not listed|no|nein|gar nicht|nicht|non|pas du tout|nao|nee|n|false|keine|"
        "aucun|ninguno"
    ),
}  # fmt: skip

NAMINGS: dict[str, str] = {
    Naming.YES: "yes|by name|ja|oui|si|sim|y|j|o|true|x|mit namen|nominativement|con nombre",
    # Nobody is asked again: whoever wants to be is never named.
    Naming.NO: (
        "no|never|never by name|nein|nie|non|jamais|nunca|mai|nee|nao|n|false|anonymous|anonym|ask|"
        "ask me|ask me each time|ask first|on request|fragen|nachfragen|auf anfrage|vorher fragen|"
        "demander|sur demande|preguntar|chiedere|vragen|perguntar"
    ),
}


def fold_name(name: str) -> str:
    """Return a person's name for comparison: "Müller, Anna" is "anna muller"."""
    return " ".join(sorted(fold(name).split()))


def _by_word(words: dict[str, str]) -> dict[str, str]:
    return {word: kind for kind, several in reversed(words.items()) for word in several.split("|")}


HEADING_OF = _by_word(HEADINGS)
ROLE_OF = _by_word(ROLES)
FUNCTION_OF = _by_word(FUNCTIONS)
LISTING_OF = _by_word(LISTINGS)
NAMING_OF = _by_word(NAMINGS)
