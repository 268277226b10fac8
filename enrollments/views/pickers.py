"""Searches of the fields one types in to find who is enrolled, and in which class."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.models import CourseSession
from enrollments.models import Enrollment
from personnel.namesakes import staff_result
from personnel.views.pickers import answer, asked, find_staff, nearest, searches
from vpcp_training.access import allow
from vpcp_training.roles import ENROLLERS
from vpcp_training.searching import Closeness


@allow(*ENROLLERS)
@searches
def pick_candidates(request):
    """People to enroll in the class `session`; those who are in it already are shown but cannot be chosen."""
    wanted = asked(request)
    people = find_staff(request.user, wanted["q"])
    enrolled = Enrollment.objects.visible_to(request.user).active().filter(staff__in=people)
    rows = enrolled.filter(session__code=wanted.get("session", "")).order_by()
    already = {row.staff_id: row for row in rows}
    results = []
    for staff in people:
        result = staff_result(staff)
        if staff.pk in already:
            row = already[staff.pk]
            there = _("in this class: %(status)s") % {"status": row.get_status_display()}
            url = reverse("enrollments:enrollment_detail", args=[row.pk])
            result |= {"disabled": True, "note": f"{result['note']} · {there}", "there": there, "url": url}
        results.append(result)
    taken = ""
    if people and people[0].pk in already and people[0].closeness <= Closeness.FOLDED:
        text = _("%(name)s is in this class already. Choose somebody else with the arrow keys or the mouse.")
        taken = text % {"name": people[0].full_name}
    return answer(people, results, taken)


@allow(*ENROLLERS)
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
