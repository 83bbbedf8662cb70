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
from apps.themes.forms.rearranging import DeleteForm, MergeForm, SplitForm
from apps.themes.forms.sorting import PassageForm, SortForm
from apps.themes.forms.themes import (
    CaptureForm,
    FilingForm,
    NewThemeForm,
    ParentForm,
    PlacementForm,
    ThemeForm,
)

__all__ = [
    "AnswerForm", "CaptureForm", "CommentForm", "DecisionForm", "DeleteForm", "FilingForm",
    "HidingForm", "ImportForm", "MendingForm", "MergeForm", "NewThemeForm", "ParentForm",
    "PassageForm", "PlacementForm", "ReadingForm", "SortForm", "SplitForm", "ThemeForm",
    "WishesForm", "WordsForm",
]  # fmt: skip
