"""Writing statements, asking them, taking answers, and revealing what they come to."""

from apps.statements.services.answering import respond
from apps.statements.services.exporting import export_answers, forget_exports, write_answers
from apps.statements.services.hands import confirm_hands, count_hands
from apps.statements.services.importing import Imported, import_conversation
from apps.statements.services.opinions import look_for_opinion_groups, map_opinions
from apps.statements.services.plans import change_plan
from apps.statements.services.recounting import recount, recount_all
from apps.statements.services.rounds import (
    ask_again,
    begin_next_round,
    choose_means,
    close_rounds,
    open_rounds,
    reveal_rounds,
)
from apps.statements.services.screen import open_on_screen, reveal_on_screen, show_on_screen
from apps.statements.services.shuffling import shuffle_what_is_left
from apps.statements.services.statements import (
    bring_back_statement,
    move_statement,
    put_statement,
    revise_statement,
    withdraw_statement,
)
from apps.statements.services.testing import link_statement, unlink_statement

__all__ = [
    "Imported", "ask_again", "begin_next_round", "bring_back_statement", "change_plan",
    "choose_means", "close_rounds", "confirm_hands", "count_hands", "export_answers",
    "forget_exports", "import_conversation", "link_statement", "look_for_opinion_groups",
    "map_opinions", "move_statement", "open_on_screen", "open_rounds", "put_statement", "recount",
    "recount_all", "respond", "reveal_on_screen", "reveal_rounds", "revise_statement",
    "show_on_screen", "shuffle_what_is_left", "unlink_statement", "withdraw_statement",
    "write_answers",
]  # fmt: skip
