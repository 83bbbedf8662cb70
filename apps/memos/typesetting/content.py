"""The form of a memo's content: what is frozen in a version and handed to the typesetting.

Every string is ready to be printed: the attribution rule, the quantifiers and the wording have
been applied before. Nothing here is looked up again.
"""

from typing import Literal, NotRequired, TypedDict


class Run(TypedDict):
    text: str
    strong: NotRequired[bool]
    emphasis: NotRequired[bool]
    link: NotRequired[str]


class Paragraph(TypedDict):
    kind: Literal["paragraph"]
    runs: list[Run]


class RichList(TypedDict):
    kind: Literal["list"]
    ordered: bool
    items: list[list[Run]]


class Quote(TypedDict):
    kind: Literal["quote"]
    runs: list[Run]


Rich = Paragraph | RichList | Quote


class Heading(TypedDict):
    id: str
    type: Literal["heading"]
    level: int
    text: str


class Prose(TypedDict):
    id: str
    type: Literal["prose"]
    content: list[Rich]


class Fact(TypedDict):
    label: str
    value: str


class Facts(TypedDict):
    id: str
    type: Literal["facts"]
    rows: list[Fact]


class Question(TypedDict):
    text: str
    parts: list[str]


class Questions(TypedDict):
    id: str
    type: Literal["questions"]
    title: str
    items: list[Question]


class Position(TypedDict):
    label: str
    text: str
    who: str
    reasons_for: str
    reasons_against: str
    minority: bool
    evidence: list[int]
    against: NotRequired[list[int]]


class Answers(TypedDict):
    """What the room's answers say of a finding: a word with its shape, why, and the numbers of
    the statements that test it.
    """

    outcome: str
    label: str
    sentence: str
    statements: list[int]


class Finding(TypedDict):
    """A sentence of the memo, how it is known, and the numbers of the notes it rests on.

    `answers` is missing where nobody was asked, and in memos from before anybody could be.
    """

    id: str
    kind: str
    kind_label: str
    sentence: str
    basis: str
    scope: str
    evidence: list[int]
    against: list[int]
    positions: list[Position]
    answers: NotRequired[Answers]


class Theme(TypedDict):
    id: str
    type: Literal["theme"]
    level: int
    title: str
    summary: list[Rich]
    findings: list[Finding]


class Sense(TypedDict):
    text: str
    holders: str


class Term(TypedDict):
    term: str
    status: str
    senses: list[Sense]


class Terms(TypedDict):
    id: str
    type: Literal["terms"]
    rows: list[Term]


class ResearchPart(TypedDict):
    text: str
    example: bool


class ResearchQuestion(TypedDict):
    text: str
    parts: list[ResearchPart]
    origin: str


class Research(TypedDict):
    id: str
    type: Literal["research"]
    items: list[ResearchQuestion]


class Outcome(TypedDict):
    text: str
    label: str
    rests_on: str
    addressee: str


class Outcomes(TypedDict):
    id: str
    type: Literal["outcomes"]
    items: list[Outcome]


class ResultRow(TypedDict):
    """How many of the room (no `label`), or of a group, answered what."""

    label: str
    agree: int
    unsure: int
    disagree: int


class Result(TypedDict):
    """A statement and what the room answered. Its number is unique in the memo.

    `members` is how many might have answered, as far as that is known.
    """

    id: str
    number: int
    text: str
    outcome: str
    tags: list[str]
    sentence: str
    members: int | None
    rows: list[ResultRow]
    notes: list[str]


class Results(TypedDict):
    id: str
    type: Literal["results"]
    items: list[Result]


class Person(TypedDict):
    name: str
    detail: str


class People(TypedDict):
    id: str
    type: Literal["people"]
    rows: list[Person]


class Note(TypedDict):
    """A note of the annex. Its number is unique in the memo."""

    number: int
    text: str
    who: str
    mark: str
    cited: bool


class NoteSession(TypedDict):
    title: str
    detail: str
    notes: list[Note]


class Notes(TypedDict):
    id: str
    type: Literal["notes"]
    sessions: list[NoteSession]


class Comment(TypedDict):
    on: str
    who: str
    text: str
    state: str
    answer: str


class Comments(TypedDict):
    id: str
    type: Literal["comments"]
    items: list[Comment]


Block = (
    Heading
    | Prose
    | Facts
    | Questions
    | Theme
    | Terms
    | Research
    | Outcomes
    | Results
    | People
    | Notes
    | Comments
)


class MemoContent(TypedDict):
    schema: Literal["rapporteur/memo-1"]
    title: str
    subtitle: str
    authors: list[str]
    date: str
    language: str
    draft: bool
    version: str
    notice: str
    made_at: str
    organisation_line: str
    blocks: list[Block]
