"""Forms about themes, what is filed under them and what is said of them; of taking notes along."""

from apps.themes.forms.comments import (
    AnswerForm,
    CommentForm,
    DecisionForm,
    HidingForm,
    MendingForm,
    WordsForm,
)
from apps.themes.forms.importing import ImportForm, ReadingForm, WishesForm
from apps.themes.forms.themes import (
    CaptureForm,
    FilingForm,
    NewThemeForm,
    ParentForm,
    PlacementForm,
    ThemeForm,
)

__all__ = [
    "AnswerForm", "CaptureForm", "CommentForm", "DecisionForm", "FilingForm", "HidingForm",
    "ImportForm", "MendingForm", "NewThemeForm", "ParentForm", "PlacementForm", "ReadingForm",
    "ThemeForm", "WishesForm", "WordsForm",
]  # fmt: skip
