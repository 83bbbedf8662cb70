"""Who signs in, and how: accounts, second step, single sign-on."""

import environ

from config.settings.single_sign_on import single_sign_on

env = environ.Env()

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workshops:list"
ACCOUNT_ADAPTER = "apps.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"user_token": "apps.accounts.forms.ResetTokenForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
# The form of signing in goes by this: it would ask for no password if there were none here.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# Mail takes its time.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
# Strangers whose address somebody typed get no mail: the adapter only does as if, so that the time
# of the answer doesn't tell who has an account.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
# Their holder hears of a new password, a new second step, a new way in.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,20/h/key"}
OPEN_SIGN_UP = env.bool("OPEN_SIGN_UP", default=False)

MFA_ADAPTER = "apps.accounts.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "apps.accounts.second_factor.SignInForm",
    "reauthenticate": "apps.accounts.second_factor.ConfirmForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# The code before and the one after count as well: clocks differ, and people type.
MFA_TOTP_TOLERANCE = 1
# Whether owners, facilitators and rapporteurs need a second step at sign-in.
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=False)

OIDC_NAME = env("OIDC_NAME", default="")
# Whether somebody without an account gets one; otherwise only those come in who have one.
OIDC_SIGN_UP = env.bool("OIDC_SIGN_UP", default=False)
SOCIALACCOUNT_ADAPTER = "apps.accounts.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_PROVIDERS = single_sign_on(env, OIDC_NAME)
