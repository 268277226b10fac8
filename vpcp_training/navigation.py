"""The menu, by role, and what every page shows around its content."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from .access import ADMIN, ALL, HR


@dataclass(frozen=True)
class Entry:
    """A line of the menu. It is current on each address that starts with one of `prefixes`, the longest one winning."""

    url_name: str
    label: str
    prefixes: tuple[str, ...]
    roles: tuple[str, ...] = ALL


MENU = (
    Entry("reports:dashboard", _("Dashboard"), ("/",)),
    Entry("personnel:staff_list", _("Staff"), ("/personnel/", "/new/staff/")),
    Entry("personnel:unit_list", _("Units"), ("/units/", "/new/unit/")),
    Entry("courses:course_list", _("Courses"), ("/courses/", "/new/course/")),
    Entry("enrollments:session_list", _("Classes"), ("/courses/sessions/", "/new/session/")),
    Entry("enrollments:enrollment_list", _("Enrollments"), ("/enrollments/",)),
    Entry("reports:yearly", _("Reports"), ("/reports/",)),
    Entry("enrollments:import_upload", _("Import from Excel"), ("/enrollments/import/",), (ADMIN, HR)),
    Entry("personnel:user_list", _("Users"), ("/accounts/users/",), (ADMIN,)),
)


def menu(path: str, role: str | None) -> list[dict]:
    """The lines a role sees, the one that holds `path` marked as current."""
    lines = [entry for entry in MENU if role in entry.roles]
    matches = {entry: max((len(p) for p in entry.prefixes if path.startswith(p)), default=0) for entry in lines}
    # The dashboard's own "/" starts every address: it is current on its own page only.
    longest = max(matches.values(), default=0)
    current = next((e for e, n in matches.items() if n == longest and (n > 1 or path == "/")), None)
    shown = []
    for entry in lines:
        try:
            url = reverse(entry.url_name)
        except NoReverseMatch:
            continue
        shown.append({"url": url, "label": entry.label, "current": entry is current})
    return shown


def navigation(request) -> dict:
    """Context processor of `base.html`."""
    role = getattr(getattr(request, "user", None), "role", None)
    return {"menu": SimpleLazyObject(lambda: menu(request.path, role)), "demo": settings.DEMO}
