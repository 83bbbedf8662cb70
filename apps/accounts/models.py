"""People who sign in (organisers, facilitators, rapporteurs), and where they are signed in."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from apps.core.models import Entity


class UserManager(BaseUserManager["User"]):
    """Makes users; e-mail addresses are kept in lower case, as everybody treats them."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Return `email` as it is kept."""
        return (email or "").strip().lower()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user who signs in as `email`; without a password only by link or code."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.full_clean()
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an instance administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=self.normalize_email(email))


class User(AbstractBaseUser, PermissionsMixin):
    """Someone with a password or single sign-on, known by an e-mail address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="accounts_user_email_folded"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """Return the name to greet this person by."""
        return str(self)


class ApiToken(models.Model):
    """What lets a program act as a user. Only its digest is kept: it is shown once."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="api_token")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"API token of {self.user_id}"


class BrowserSession(Entity):
    """A browser in which somebody is signed in. It goes with its session, and ends it.

    It says which kind of browser and when, for its owner to recognise. The address that it came
    from isn't kept: it would tell where somebody was.
    """

    session = models.OneToOneField(Session, models.CASCADE, related_name="browser", editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="browser_sessions")
    browser = models.CharField(max_length=60, blank=True)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return self.browser or "An unknown browser"
