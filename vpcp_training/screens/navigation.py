"""The menu, by role, and what every page shows around its content."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..roles import ADMINS, EDITORS, LOG_READERS, READERS
from .held import author_seal


@dataclass(frozen=True)
class Entry:
    """A line of a menu. It is current on each address that starts with one of `prefixes`, the longest one winning."""

    url_name: str
    label: str
    prefixes: tuple[str, ...]
    roles: tuple[str, ...] = READERS


BAR = (
    Entry("reports:dashboard", _("Dashboard"), ("/",)),
    Entry("personnel:staff_list", _("Staff"), ("/personnel/", "/new/staff/", "/deleted/staff/")),
    Entry("personnel:unit_list", _("Units"), ("/units/", "/new/unit/", "/deleted/units/")),
    Entry("courses:course_list", _("Courses"), ("/courses/", "/new/course/", "/deleted/courses/")),
    Entry("enrollments:session_list", _("Classes"), ("/courses/sessions/", "/new/session/", "/deleted/sessions/")),
    Entry("enrollments:enrollment_list", _("Enrollments"), ("/enrollments/", "/new/enrollment/")),
    Entry("reports:yearly", _("Reports"), ("/reports/",)),
)
# The bar has room for what is used every day; the rest is a click away under the person's name.
ACCOUNT = (
    Entry("exchange:inbox", _("Received lists"), ("/lists/",), EDITORS),
    Entry("exchange:import_upload", _("Import from Excel"), ("/enrollments/import/",), EDITORS),
    Entry("personnel:user_list", _("Users"), ("/accounts/users/",), ADMINS),
    Entry("courses:field_list", _("Code lists"), ("/code-lists/",), ADMINS),
    Entry("change_set_list", _("Log of changes"), ("/changes/",), LOG_READERS),
    Entry("personnel:export_list", _("Log of exports"), ("/accounts/exports/",), LOG_READERS),
    Entry("password_change", _("Change password"), ("/accounts/password/",)),
)
# The switch above each code list.
CODE_LISTS = (
    Entry("courses:field_list", _("Fields"), ("/code-lists/fields/",), ADMINS),
    Entry("courses:provider_list", _("Training providers"), ("/code-lists/providers/",), ADMINS),
    Entry("personnel:position_list", _("Positions held"), ("/code-lists/positions/",), ADMINS),
    Entry("personnel:rank_list", _("Ranks"), ("/code-lists/ranks/",), ADMINS),
)


def _holds(entry: Entry, path: str) -> int:
    """How much of the address the entry covers; the dashboard's "/" is its own page only."""
    return max((len(p) for p in entry.prefixes if (path == p if p == "/" else path.startswith(p))), default=0)


def lines(entries: tuple[Entry, ...], path: str, role: str | None, *, beside: tuple[Entry, ...] = ()) -> list[dict]:
    """The entries that the role may open, as a template shows them; of those `beside` them too only one is current."""
    allowed = [entry for entry in entries if role in entry.roles]
    current = max((*allowed, *beside), key=lambda entry: _holds(entry, path), default=None)
    return [
        {
            "url": reverse(entry.url_name),
            "label": entry.label,
            "current": entry is current and _holds(entry, path) > 0,
        }
        for entry in allowed
    ]


def navigation(request) -> dict:
    """Context processor of `base.html`: whose page it is, and the lines of the bar and of the menu they may open."""
    user = getattr(request, "user", None)
    role = None if getattr(user, "must_change_password", False) else getattr(user, "role", None)
    menu = {
        "bar": lines(BAR, request.path, role, beside=ACCOUNT),
        "account": lines(ACCOUNT, request.path, role, beside=BAR),
    }
    return {"menu": menu, "demo": settings.DEMO, "author": author_seal(user) if user else ""}
