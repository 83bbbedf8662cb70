"""What someone may change of their own account."""

from allauth.account.forms import RequestLoginCodeForm, UserTokenForm
from django import forms

from apps.accounts.models import User
from apps.accounts.services import open_account
from apps.core.forms import HouseForm


class NameForm(HouseForm):
    """How someone is called."""

    name = forms.CharField(
        label="Name",
        required=False,
        max_length=User._meta.get_field("name").max_length,
        help_text="Shown to the teams that you work with.",
        widget=forms.TextInput({"autocomplete": "name"}),
    )


class SignUpForm(RequestLoginCodeForm):  # type: ignore[misc]
    """The address of a new account; a code that goes there shows whose it is."""

    def clean_email(self) -> str:
        """Return the address, within the limits of asking for codes; make its account."""
        email: str = super().clean_email()
        user = open_account(email=email)
        self._user = user if user.is_active else None
        return email


class ResetTokenForm(UserTokenForm):  # type: ignore[misc]
    """The token of a link that chooses a new password; a closed account has none."""

    def _get_user(self, uidb36: str) -> User | None:
        user: User | None = super()._get_user(uidb36)
        return user if user is not None and user.is_active else None
