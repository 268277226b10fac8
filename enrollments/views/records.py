"""The training record of a staff member: who they are, where they were posted, and every class in time order."""

from itertools import groupby

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollments.models import Enrollment
from personnel.models import Posting, Staff
from vpcp_training.access import allow
from vpcp_training.roles import READERS, may_edit, sees_whole_office


@allow(*READERS)
def staff_record(request, code):
    """The record as far as the user may see it: of a leader's people the rows and postings in the leader's units."""
    user = request.user
    staff = get_object_or_404(Staff.objects.visible_to(user).with_posting(timezone.localdate(), user), code=code)
    postings = Posting.objects.visible_to(user).filter(staff=staff).select_related("unit", "position", "rank")
    rows = Enrollment.objects.visible_to(user).filter(staff=staff)
    rows = rows.select_related("session__provider", "field").order_by("-year", "-session__start", "-pk")
    context = {
        "staff": staff,
        "posting": staff.current_posting,
        "postings": postings.order_by("-start"),
        "years": _by_year(rows),
        "whole_office": sees_whole_office(user),
        "may_change": may_edit(user),
        "title": staff.full_name,
        "crumbs": [(_("Staff"), reverse("personnel:staff_list")), (staff.full_name, "")],
    }
    return render(request, "enrollments/staff_record.html", context)


def _by_year(rows) -> list[tuple[int, int, list[Enrollment]]]:
    """Each year with the number of its participations and its rows."""
    years = []
    for year, group in groupby(rows, key=lambda row: row.year):
        found = list(group)
        years.append((year, sum(row.is_counted for row in found), found))
    return years
