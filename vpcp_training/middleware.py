"""What happens to each request before its view: language, size, signing in, roles."""

import logging
from contextlib import suppress
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import resolve_url
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect

from .access import password_for, roles_of
from .lockout import client_address
from .roles import ADMINS
from .screens.held import typed_by_another
from .screens.views import not_yours, send_again, sign_in_again, sign_in_anew, too_large, typed_in
from .sessions import has_ended, note_use, signed_in_lately
from .structured_log import log_event, user_name_of

DRAIN_CHUNK = 64 * 1024

logger = logging.getLogger(__name__)


def for_the_access_log(get_response):
    """Tells the server, which writes the access log, who asked and from where; no header, so no browser hears of it."""

    def middleware(request):
        response = get_response(request)
        request.environ["vpcp.user"], request.environ["vpcp.address"] = user_name_of(request), client_address(request)
        return response

    return middleware


def vietnamese_first(get_response):
    """The language is the one the person switched to, else Vietnamese; never the browser's own preference."""
    codes = {code for code, _name in settings.LANGUAGES}

    def middleware(request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        translation.activate(chosen if chosen in codes else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()
        response = get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    return middleware


class CompressPages(GZipMiddleware):
    """Compresses pages, padded against guessing what they hold; not the workbooks, which are compressed already."""

    def process_response(self, request, response):
        return response if response.streaming else super().process_response(request, response)


def upload_limit(get_response):
    """Answers 413 to a body over the limit before anything parses or stores it, and takes off what nobody read."""

    def middleware(request):
        length = request.META.get("CONTENT_LENGTH") or ""
        size = int(length) if length.isdecimal() else 0  # Django reads nothing of a body without a length
        response = get_response(request) if size <= settings.REQUEST_BODY_MAX else too_large(request)
        # A browser shows the answer only when what it sends is taken off its hands; beyond this we hang up.
        left = min(size, settings.REQUEST_BODY_DRAIN_MAX)
        with suppress(OSError):  # it has gone already
            while left > 0 and (chunk := request.read(min(left, DRAIN_CHUNK))):
                left -= len(chunk)
        return response

    return middleware


def keep_private(get_response):
    """No cache keeps a page: not the browser's on a shared computer, not a proxy's. Static files are served before."""

    def middleware(request):
        response = get_response(request)
        add_never_cache_headers(response)
        return response

    return middleware


class SignInMiddleware(LoginRequiredMiddleware):
    """Sends the anonymous to the sign-in page; a request for a fragment takes the whole page there.

    A form that outlived its session is answered by the sign-in page itself, which keeps what was typed. A session
    that nobody used for long ends here; answers note its use.
    """

    def process_view(self, request, view_func, view_args, view_kwargs):
        # Django asks who it is first; a page for everybody must not need the database for that.
        if getattr(view_func, "login_required", True):
            if request.user.is_authenticated:
                if has_ended(request):
                    log_event("session ended", user=request.user.get_username())
                    request.session.flush()
                    request.user = AnonymousUser()
                else:
                    request.session_in_use = True
            return super().process_view(request, view_func, view_args, view_kwargs)

    def process_response(self, request, response):
        if getattr(request, "session_in_use", False) and request.user.is_authenticated:  # still
            note_use(request, response)
        return response

    def handle_no_permission(self, request, view_func):
        if not request.htmx:
            if request.POST or request.FILES:
                return sign_in_again(request)
            return super().handle_no_permission(request, view_func)
        page = settings.LOGIN_REDIRECT_URL
        with suppress(ValueError):  # what is sent as the address of the page may be no address
            page = request.htmx.current_url_abs_path or page
        query = urlencode({self.redirect_field_name: page})
        return HttpResponseClientRedirect(f"{resolve_url(settings.LOGIN_URL)}?{query}")


class AccessMiddleware:
    """Refuses (403) a view the user's role was not declared for. Django's own admin is for administrators.

    Whoever signed in with a temporary password comes to the page that changes it, and to no other. What was typed in
    a tab in which somebody else was signed in is neither taken nor shown. What gives rights takes the password, if it
    was not entered lately.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not getattr(view_func, "login_required", True):
            return
        if typed_by_another(request):
            return not_yours(request, request.get_full_path(), 422)
        if request.user.must_change_password and request.resolver_match.view_name != "password_change":
            page = resolve_url("password_change")
            if request.htmx:
                return HttpResponseClientRedirect(page)
            if typed := typed_in(request):  # before the administrator gave the password
                return send_again(request, request.get_full_path(), typed, 422)
            return HttpResponseRedirect(page)
        roles = ADMINS if "admin" in request.resolver_match.app_names else roles_of(view_func)
        if roles is None:
            logger.error("%s declares no roles: decorate it with allow().", request.resolver_match._func_path)
        if request.user.role not in (roles or ()):
            raise PermissionDenied
        if request.method in password_for(view_func) and not signed_in_lately(request):
            return sign_in_anew(request)
