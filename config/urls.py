"""Every address of the site."""

from django.conf import settings
from django.urls import include, path

from apps.accounts.views import mail
from apps.core import views as core

urlpatterns = [
    path("healthz", core.healthz, name="healthz"),
    path("sw.js", core.service_worker, name="service_worker"),
    path("device/", core.device, name="device"),
    path("", include("apps.workshops.urls")),
    path("", include("apps.memos.urls")),
    path("w/<slug:slug>/", include("apps.themes.urls")),
    path("w/<slug:slug>/", include("apps.annotations.urls")),
    path("w/<slug:slug>/agenda/", include("apps.agendas.urls")),
    path("w/<slug:slug>/", include("apps.statements.urls")),
    path("w/<slug:slug>/", include("apps.notes.urls")),
    path("", include("apps.participants.urls")),
    path("accounts/", include("apps.accounts.urls")),
    path("api/v1/", include("config.api")),
]
handler400 = "apps.core.views.bad_request"
if settings.MAIL_FOLDER:
    urlpatterns.append(path("mail/", mail.mail, name="mail"))
