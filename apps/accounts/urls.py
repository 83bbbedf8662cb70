"""Addresses of accounts: our own, and those pages of allauth that are needed.

allauth looks its pages up by names without a namespace.
"""

from allauth.account import views as allauth
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes.views import generate_recovery_codes
from django.urls import include, path, re_path
from django.views.decorators.http import require_safe

from apps.accounts.views import account, links, second_factor, signing_in, single_sign_on
from apps.accounts.views.signing_in import refusing

own = [
    path("", account.account, name="account"),
    path("link/", links.use_sign_in_link, name="use_sign_in_link"),
    path("link/<str:who>/<str:token>/", links.open_sign_in_link, name="sign_in_link"),
    path("sessions/end-others/", account.end_other_sessions, name="end_other_sessions"),
    path("sessions/<uuid:session_id>/end/", account.end_session, name="end_session"),
    path("api-token/", account.make_api_token, name="make_api_token"),
    path("api-token/revoke/", account.revoke_api_token, name="revoke_api_token"),
    path("single-sign-on/", single_sign_on.leave_for_provider, name="single_sign_on"),
    path(
        "single-sign-on/return/",
        single_sign_on.return_from_provider,
        name="single_sign_on_callback",
    ),
]
signing_in_pages = [
    path("login/", refusing(allauth.login), name="account_login"),
    path("login/code/", refusing(allauth.request_login_code), name="account_request_login_code"),
    path(
        "login/code/confirm/",
        refusing(allauth.confirm_login_code),
        name="account_confirm_login_code",
    ),
    path("logout/", refusing(signing_in.sign_out), name="account_logout"),
    path("inactive/", require_safe(allauth.account_inactive), name="account_inactive"),
    path("signup/", refusing(signing_in.sign_up), name="account_signup"),
    path("confirm/", refusing(allauth.reauthenticate), name="account_reauthenticate"),
]
passwords = [
    path("change/", refusing(allauth.password_change), name="account_change_password"),
    path("set/", refusing(allauth.password_set), name="account_set_password"),
    path("reset/", refusing(allauth.password_reset), name="account_reset_password"),
    path(
        "reset/done/",
        require_safe(allauth.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        refusing(allauth.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "reset/key/done/",
        require_safe(allauth.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
]
second_step = [
    path("", second_factor.second_factor, name="mfa_index"),
    path("sign-in/", refusing(mfa.authenticate), name="mfa_authenticate"),
    path("confirm/", refusing(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("set-up/", refusing(second_factor.set_up), name="mfa_activate_totp"),
    path("turn-off/", refusing(second_factor.turn_off), name="mfa_deactivate_totp"),
    path("codes/", require_safe(second_factor.recovery_codes), name="mfa_view_recovery_codes"),
    path("codes/new/", refusing(generate_recovery_codes), name="mfa_generate_recovery_codes"),
]
urlpatterns = [
    path("", include((own, "accounts"))),
    path("", include(signing_in_pages)),
    path("password/", include(passwords)),
    path("second-step/", include(second_step)),
]
