"""Searches of the fields one types in to find who is enrolled, and in which class."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.models import CourseSession
from enrollments.models import Enrollment
from enrollments.status import Status
from personnel.namesakes import staff_result
from personnel.views.pickers import answer, asked, find_staff, nearest, searches
from vpcp_training.access import allow
from vpcp_training.roles import ALL


@allow(*ALL)
@searches
def pick_candidates(request):
    """People to enroll in the class `session`; those who are in it already are shown but cannot be chosen."""
    wanted = asked(request)
    people = find_staff(request.user, wanted["q"])
    enrolled = Enrollment.objects.visible_to(request.user).active().filter(staff__in=people)
    already = dict(enrolled.filter(session__code=wanted.get("session", "")).values_list("staff", "status").order_by())
    results = []
    for staff in people:
        result = staff_result(staff)
        if staff.pk in already:
            there = _("in this class: %(status)s") % {"status": Status(already[staff.pk]).label}
            result |= {"disabled": True, "note": f"{result['note']} · {there}"}
        results.append(result)
    return answer(people, results)


@allow(*ALL)
@searches
def pick_session(request):
    """Classes that are not cancelled; of those equally near the latest first."""
    classes = CourseSession.objects.visible_to(request.user).filter(cancelled=False)
    sessions = nearest(classes, asked(request)["q"], "-start", "code")
    results = [
        {
            "value": session.code,
            "text": session.name,
            "note": f"{session.code} · {date_format(session.start, 'SHORT_DATE_FORMAT')}",
        }
        for session in sessions
    ]
    return answer(sessions, results)
