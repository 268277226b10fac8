"""Searches of the fields one types in to find a record: JSON, at most twenty results, without diacritics."""

from django.db.models import Case, Q, When
from django.http import JsonResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from personnel.models import Staff, Unit
from vpcp_training.access import ADMIN, ALL, HR, allow
from vpcp_training.scoping import units_of
from vpcp_training.text import clean_text

RESULTS = 20
QUERY_LENGTH = 100


@allow(*ALL)
@require_safe
def pick_staff(request):
    """People the user may see: those whose code begins with the query, then those whose name matches it."""
    query = clean_text(request.GET.get("q", ""))[:QUERY_LENGTH]
    results = [staff_result(staff) for staff in find_staff(request.user, query)]
    return JsonResponse({"results": results})


def find_staff(user, query: str) -> list[Staff]:
    """At most twenty, with `unit_name` of the posting of today, in two queries that stop at the twentieth."""
    if not query:
        return []
    own = {"post__unit__in": units_of(user)}
    people = (
        Staff.objects.visible_to(user)
        .posted(timezone.localdate())
        .annotate(
            unit_name=Case(When(**own, then="post__unit__name")),
            unit_name_en=Case(When(**own, then="post__unit__name_en")),
        )
    )
    # Not istartswith: no index serves it. A code in other letters is still found by name, whose column holds codes too.
    code = Q(code__startswith=query) | Q(code__startswith=query.upper())
    by_code = list(people.filter(code).order_by("code")[:RESULTS]) if " " not in query else []
    by_name = people.matching(query).by_name()[: RESULTS - len(by_code)] if len(by_code) < RESULTS else []
    return list({staff.pk: staff for staff in [*by_code, *by_name]}.values())


def staff_result(staff: Staff) -> dict:
    """What the picker shows of one person of `find_staff`: enough to tell namesakes apart."""
    born = staff.birth_date and staff.birth_date.year
    unit = (get_language() == "en" and staff.unit_name_en) or staff.unit_name
    return {
        "value": staff.pk,
        "text": staff.full_name,
        "note": " · ".join(str(part) for part in (staff.code, unit, born) if part),
        "code": staff.code,
        "unit": unit,
        "birth_year": born,
    }


@allow(ADMIN, HR)
@require_safe
def pick_unit(request):
    """Units, in the order of their tree."""
    query = clean_text(request.GET.get("q", ""))[:QUERY_LENGTH]
    found = Unit.objects.visible_to(request.user).matching(query).as_tree()[:RESULTS] if query else []
    results = [{"value": unit.pk, "text": unit.display_name, "note": unit.code} for unit in found]
    return JsonResponse({"results": results})
