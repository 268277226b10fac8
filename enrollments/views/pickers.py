"""Searches of the fields one types in to find who is enrolled, and in which class."""

from django.http import JsonResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.models import CourseSession
from enrollments.models import Enrollment
from enrollments.status import Status
from personnel.views.pickers import QUERY_LENGTH, RESULTS, find_staff, staff_result
from vpcp_training.access import allow
from vpcp_training.roles import ALL
from vpcp_training.text import clean_text


@allow(*ALL)
@require_safe
def pick_candidates(request):
    """People to enroll in `?session=`; those who are in it already are shown but cannot be chosen."""
    people = find_staff(request.user, clean_text(request.GET.get("q", ""))[:QUERY_LENGTH])
    enrolled = Enrollment.objects.visible_to(request.user).active().filter(staff__in=people)
    already = dict(
        enrolled.filter(session__code=request.GET.get("session", "")).values_list("staff", "status").order_by()
    )
    results = []
    for staff in people:
        result = staff_result(staff)
        if staff.pk in already:
            there = _("in this class: %(status)s") % {"status": Status(already[staff.pk]).label}
            result |= {"disabled": True, "note": f"{result['note']} · {there}"}
        results.append(result)
    return JsonResponse({"results": results})


@allow(*ALL)
@require_safe
def pick_session(request):
    """Classes that are not cancelled, the latest first."""
    query = clean_text(request.GET.get("q", ""))[:QUERY_LENGTH]
    sessions = CourseSession.objects.visible_to(request.user).filter(cancelled=False).matching(query)
    found = sessions.order_by("-start", "code")[:RESULTS] if query else []
    results = [
        {
            "value": session.code,
            "text": session.name,
            "note": f"{session.code} · {date_format(session.start, 'SHORT_DATE_FORMAT')}",
        }
        for session in found
    ]
    return JsonResponse({"results": results})
