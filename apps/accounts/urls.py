"""Addresses of accounts: our own, and those pages of allauth that are needed.

allauth looks its pages up by names without a namespace.
"""

from allauth.account import views as allauth
from django.urls import include, path, re_path

from apps.accounts import views
from apps.accounts.views import refusing

own = [
    path("", views.account, name="account"),
    path("link/<str:who>/<str:token>/", views.sign_in_link, name="sign_in_link"),
    path("api-token/", views.make_api_token, name="make_api_token"),
    path("api-token/revoke/", views.revoke_api_token, name="revoke_api_token"),
]
urlpatterns = [
    path("", include((own, "accounts"))),
    path("login/", refusing(allauth.login), name="account_login"),
    path("login/code/", refusing(allauth.request_login_code), name="account_request_login_code"),
    path(
        "login/code/confirm/",
        refusing(allauth.confirm_login_code),
        name="account_confirm_login_code",
    ),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("signup/", refusing(allauth.signup), name="account_signup"),
    path("password/change/", refusing(allauth.password_change), name="account_change_password"),
    path("password/set/", refusing(allauth.password_set), name="account_set_password"),
    path("password/reset/", refusing(allauth.password_reset), name="account_reset_password"),
    path("password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        refusing(allauth.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
