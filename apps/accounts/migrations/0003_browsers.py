"""Addresses in lower case, and the browsers that people are signed in with."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_api_token"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        # The constraint that goes allowed no two addresses that differ in case alone.
        migrations.RunSQL(
            "UPDATE accounts_user SET email = lower(email) WHERE email <> lower(email)",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveConstraint(model_name="user", name="accounts_user_email_folded"),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="accounts_user_email_folded"
            ),
        ),
        migrations.CreateModel(
            name="BrowserSession",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("browser", models.CharField(blank=True, max_length=60)),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("session", models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name="browser", to="sessions.session")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="browser_sessions", to=settings.AUTH_USER_MODEL)),
            ],
            options={"ordering": ["-seen_at"]},
        ),
    ]
