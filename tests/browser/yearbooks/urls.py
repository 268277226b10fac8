"""The addresses of the site, and the pages of errors that no address leads to."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from vpcp_training.screens import views
from vpcp_training.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401

urlpatterns = [
    path("t/400/", login_not_required(lambda request: views.bad_request(request))),
    path("t/413/", login_not_required(lambda request: views.too_large(request))),
    path("t/500/", login_not_required(lambda request: views.server_error(request))),
    path("t/expired/", login_not_required(lambda request: views.expired_form(request))),
    *urlpatterns,
]
