"""Pages no app owns: signing in, health, and what is shown when a request cannot be served."""

import logging
import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView, redirect_to_login
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.template import loader
from django.templatetags.static import static
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..access import allow
from ..change_sets import change_set
from ..outages import SAFE, Outage, broke_at_commit, outage_of
from ..roles import READERS
from ..structured_log import log_event
from .forms import OwnPasswordForm, SignInAnewForm, SignInForm
from .held import AUTHOR, author_seal, seal, typed_by_another, unseal
from .missing_record import texts_in

logger = logging.getLogger(__name__)


class _RefusedForm:
    """A refused form answers 422, as on every other page."""

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


@method_decorator(login_not_required, name="dispatch")
class SignIn(_RefusedForm, LoginView):
    """The sign-in page. What was typed into a form whose session had ended goes through it, as `held`."""

    authentication_form = SignInForm

    @property
    def redirect_authenticated_user(self) -> bool:
        """Who is signed in goes on, unless somebody's name or what they typed came along: then the password decides."""
        return not {"username", "held"} & self.request.POST.keys()

    def post(self, request, *args, **kwargs):
        # Nobody could look at the password when it was sent: the page again, with the name and what is held.
        if "password" not in request.POST and {"username", "held"} & request.POST.keys():
            form = self.get_form_class()(request, initial={"username": request.POST.get("username")})
            return self.render_to_response(self.get_context_data(form=form))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        if self.request.user.is_authenticated:
            self.request.session.cycle_key()  # Django keeps the session of who is signed in already
        response = super().form_valid(form)
        held = self.request.POST.get("held")
        if not held:
            return response
        if typed := unseal(held, self.request.user):
            return send_again(self.request, *typed, anew=isinstance(self, SignInAnew))
        return not_yours(self.request, self.get_redirect_url() or "/")

    def get_redirect_url(self):
        address = super().get_redirect_url()
        return "" if address == self.request.path else address  # back to this page would be no end

    def get_context_data(self, **kwargs):
        return super().get_context_data(held=self.request.POST.get("held", ""), **kwargs)


@allow(*READERS)
class SignInAnew(SignIn):
    """The password once more, of whoever is signed in: what gives rights is not for who finds a session open."""

    authentication_form = SignInAnewForm
    redirect_authenticated_user = False
    extra_context = {"anew": True}

    def dispatch(self, request, *args, **kwargs):  # of its own: it is not for everybody, as the sign-in page is
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if "data" in kwargs:
            kwargs["data"] = {**kwargs["data"].dict(), "username": self.request.user.get_username()}
        return kwargs


@method_decorator(login_not_required, name="dispatch")
class SignOut(LogoutView):
    """Ends the session; where the database lets nothing be written, it is forgotten by the browser at least."""

    def post(self, request, *args, **kwargs):
        try:
            response = super().post(request, *args, **kwargs)
        except Exception as error:
            if not (outage := outage_of(error)):
                raise
            logger.exception("The session could not be ended in the database.")
            request.session = type(request.session)()  # an empty one, whose cookie is deleted
            request.user = AnonymousUser()
            response = _plain("errors/signed_out.html", 503, {"outage": outage})
        response.delete_cookie(settings.SESSION_USED_COOKIE_NAME, samesite="Lax")
        return response


def sign_in_anew(request):
    """The page that asks for the password once more; with a form, whose fields go along, in answer to it (422)."""
    if request.method != "POST":
        return redirect_to_login(request.get_full_path(), resolve_url("sign_in_anew"))
    typed = typed_in(request)
    if typed:
        typed = typed.copy()
        typed[AUTHOR] = author_seal(request.user)
    return _sign_in_page(request, typed, anew=True)


def sign_in_again(request):
    """422: the sign-in page in answer to a form that came without a session, whose fields go along, sealed."""
    return _sign_in_page(request, typed_in(request))


def _sign_in_page(request, typed: QueryDict | None, *, anew: bool = False):
    context = {
        "form": AuthenticationForm(request),
        "next": request.get_full_path(),
        "ended": True,
        "anew": anew,
        "held": seal(request.get_full_path(), typed) if typed else "",
    }
    return render(request, "registration/login.html", context, status=422)


def send_again(request, address: str, typed: QueryDict, status: int = 200, *, anew: bool = False):
    """What this person typed before signing in; a button sends it, and rights and versions are looked at as always."""
    fields = [pair for pair in _pairs(typed) if pair[0] not in ("csrfmiddlewaretoken", AUTHOR)]
    context = {"address": address, "fields": fields, "anew": anew}
    return render(request, "registration/send_again.html", context, status=status)


def not_yours(request, address: str, status: int = 200):
    """Says that what somebody else typed was neither saved nor kept; it is not shown."""
    return render(request, "registration/not_yours.html", {"address": address}, status=status)


@allow(*READERS)
class PasswordChange(_RefusedForm, PasswordChangeView):
    """Everyone's own password."""

    form_class = OwnPasswordForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "request": self.request}

    def form_valid(self, form):
        with transaction.atomic(), change_set(self.request.user, "change_password", str(self.request.user)):
            # The account as it is by now, and stays till this is through: an administrator may have changed it.
            user = form.user._meta.model.objects.select_for_update().get(pk=form.user.pk)
            if user.password != form.user.password:
                form.add_error("old_password", form.error_messages["password_incorrect"])
                return self.form_invalid(form)
            form.user = user
            response = super().form_valid(form)
        log_event("password changed")
        return response


@login_not_required
@never_cache
@require_safe
def healthz(request):
    """200 when the database answers and has every migration, else 503; JSON for a monitor."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        executor = MigrationExecutor(connection)
        unapplied = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return JsonResponse({"status": "error", "database": False, "unapplied_migrations": None}, status=503)
    status = "error" if unapplied else "ok"
    report = {"status": status, "database": True, "unapplied_migrations": unapplied}
    return JsonResponse(report, status=503 if unapplied else 200)


@login_not_required
@require_safe
def favicon(request):
    """Where browsers look for the icon by themselves."""
    return redirect(static("favicon.svg"))


def forbidden(request, exception=None):
    """403: the person is known but the page is not theirs."""
    reason = str(exception) if exception else ""
    return render(request, "errors/403.html", {"reason": reason}, status=403)


def expired_form(request, reason=""):
    """403 of the forgery protection: nearly always a form left open too long."""
    return render(request, "errors/expired_form.html", status=403)


def not_found(request, exception=None):
    """404: nothing here, or nothing this person may see. What this person typed is shown, to be copied."""
    own = request.POST and request.user.is_authenticated and not typed_by_another(request)
    return render(request, "errors/404.html", {"typed": texts_in(request.POST) if own else []}, status=404)


def bad_request(request, exception=None):
    """400, or 413 where the form was too big to read."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return _plain("errors/400.html", 400)


def too_large(request):
    """413: more was sent than the limit."""
    return _plain("errors/413.html", 413)


def server_error(request):
    """500, or 503 where what failed will serve again, mostly the database. Needs neither it nor the session."""
    error = sys.exception()
    if not (outage := outage_of(error)):
        return _plain("errors/500.html", 500)
    if broke_at_commit(error):
        request.may_be_saved = True  # remembered: keeping the session may fail next
    sent = request.method not in SAFE
    if outage is Outage.READ_ONLY and not sent:
        outage = Outage.UNREADABLE
    signing_in = sent and bool({"held", "password"} & request.POST.keys())
    typed = _without_password(request.POST) if signing_in else typed_in(request) if sent else None
    context = {
        "outage": outage,
        "address": request.get_full_path(),
        "sent": sent,
        "fields": _pairs(typed) if typed else [],
        "signing_in": signing_in,  # of which nothing was to be saved
        "held": "held" in request.POST,
        "may_be_saved": getattr(request, "may_be_saved", False) and not signing_in,
    }
    response = _plain("errors/503.html", 503, context)
    response.headers["Retry-After"] = "30"
    return response


def typed_in(request) -> QueryDict | None:
    """What was typed, to be sent again; None where a file or a password is among it, which have to be given anew."""
    kept = not request.FILES and not any("password" in name for name in request.POST)
    return request.POST if kept else None


def _without_password(sent: QueryDict) -> QueryDict:
    """What the sign-in page needs to be shown again, with the name and what it holds."""
    kept = sent.copy()
    kept.pop("password", None)
    return kept


def _pairs(typed: QueryDict) -> list[tuple[str, str]]:
    return [(name, value) for name, values in typed.lists() for value in values]


def _plain(template: str, status: int, context: dict | None = None) -> HttpResponse:
    return HttpResponse(loader.render_to_string(template, context), status=status)
