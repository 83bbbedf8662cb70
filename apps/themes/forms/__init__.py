"""Forms about themes, what is filed under them and what is said of them; of taking notes along."""

from apps.themes.forms.importing import ImportForm, ReadingForm, WishesForm
from apps.themes.forms.themes import (
    AnswerForm,
    CaptureForm,
    CommentForm,
    DecisionForm,
    FilingForm,
    NewThemeForm,
    ParentForm,
    PlacementForm,
    ThemeForm,
)

__all__ = [
    "AnswerForm", "CaptureForm", "CommentForm", "DecisionForm", "FilingForm", "ImportForm",
    "NewThemeForm", "ParentForm", "PlacementForm", "ReadingForm", "ThemeForm", "WishesForm",
]  # fmt: skip
