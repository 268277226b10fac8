"""Addresses: each app says its own, from the root on; here stand sign-in, language, health, and the error pages."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from .access import allow
from .roles import ADMINS, READERS
from .screens import change_sets, converters, views  # noqa: F401  (registers the path converter of codes)

handler400 = "vpcp_training.screens.views.bad_request"
handler403 = "vpcp_training.screens.views.forbidden"
handler404 = "vpcp_training.screens.views.not_found"
handler500 = "vpcp_training.screens.views.server_error"

urlpatterns = [
    path("accounts/login/", views.SignIn.as_view(), name="login"),
    path("accounts/login/anew/", views.SignInAnew.as_view(), name="sign_in_anew"),
    path("accounts/logout/", views.SignOut.as_view(), name="logout"),
    path("accounts/password/", views.PasswordChange.as_view(), name="password_change"),
    path(
        "accounts/password/done/", allow(*READERS)(auth.PasswordChangeDoneView.as_view()), name="password_change_done"
    ),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("healthz", views.healthz, name="healthz"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("changes/", change_sets.ChangeSetList.as_view(), name="change_set_list"),
    path("changes/<int:pk>/", change_sets.change_set, name="change_set"),
    path("", include("personnel.urls")),
    path("", include("courses.urls")),
    path("", include("enrollments.urls")),
    path("", include("exchange.urls")),
    path("", include("reports.urls")),
    # One sign-in page for all, with the lock-out's own answer, and one page for the own password.
    path("admin/login/", login_not_required(RedirectView.as_view(pattern_name="login", query_string=True))),
    path("admin/password_change/", allow(*ADMINS)(RedirectView.as_view(pattern_name="password_change"))),
    path("admin/", admin.site.urls),
]
