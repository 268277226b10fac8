"""Corrections of what enrollments are derived from: a posting, a class, a course; and of an enrollment's own facts."""

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.models import Course, CourseSession, Provider
from enrollments.models import FACTS, Enrollment
from enrollments.snapshots import rederive
from personnel.models import Posting, Staff
from personnel.querysets import POSTED, PostingQuerySet
from personnel.services import unit_date_warnings
from vpcp_training.errors import DomainError
from vpcp_training.roles import EDITORS, By
from vpcp_training.use_cases import use_case

from .certificates import ensure_issued_after_opening, ensure_none_issued_before, ensure_study_has_ended


@use_case(*EDITORS, does=gettext_lazy("Posting saved"))
def save_posting(posting: Posting, by: By, *, end_previous: bool = False) -> list[str]:
    """Saves a new or corrected posting and derives the person's enrollments anew; returns warnings to show.

    `end_previous` ends an earlier posting on the eve of this one. Raises DomainError for overlapping postings, where it
    says if `end_previous` would do, or when a class the person was sent to would be left without a posting on its
    opening date.
    """
    staff = Staff.objects.select_for_update().get(pk=posting.staff_id)
    cut_short = _end_previous(staff, posting) if end_previous else None
    if other := _others(staff, posting).filter(POSTED.overlaps(posting.days)).first():
        way_out = [("end_previous", _way_out(other))] if _may_end(other, posting) else []
        raise DomainError(("start", _overlap(other)), *way_out)
    posting.save()
    try:
        rederive(Enrollment.objects.filter(staff=staff), by)
    except DomainError as error:
        # A gap behind the new posting comes from ending the one it lies in: that is what has to be said first.
        raise DomainError(("start", cut_short), *error.messages) if cut_short else error from None
    return unit_date_warnings(posting)


@use_case(*EDITORS, does=gettext_lazy("Posting deleted"))
def delete_posting(posting: Posting, by: By) -> None:
    """Deletes a mistaken posting and derives the person's enrollments anew; raises DomainError as `save_posting`."""
    staff = Staff.objects.select_for_update().get(pk=posting.staff_id)
    posting.delete()
    rederive(Enrollment.objects.filter(staff=staff), by)


@use_case(*EDITORS, does=gettext_lazy("Class saved"))
def save_session(session: CourseSession, by: By, *, provider: str | None = None) -> None:
    """Saves a new or corrected class and derives its enrollments anew.

    `provider` is the name of its training provider, which is created if it is new; empty for none, None for the one
    the class has. Raises DomainError when more people hold seats than the class would have, when the class would open
    after certificates of its people, or when somebody would be left without a posting on the new opening date.
    """
    if session.pk:
        stored = CourseSession.objects.select_for_update().get(pk=session.pk)
        ensure_none_issued_before(session, stored.start)
        taken = session.enrollments.seats_taken()
        if session.seats is not None and session.seats < taken:
            text = ngettext(
                "%(taken)d person holds a seat already. Give at least as many seats.",
                "%(taken)d people hold a seat already. Give at least as many seats.",
                taken,
            )
            raise DomainError(("seats", text % {"taken": taken}))
    # The snapshots take the field of the course: it must not change before they stand.
    session.course = Course.objects.select_for_update().get(pk=session.course_id)
    if provider is not None:
        session.provider = Provider.objects.named(provider) if provider else None
    session.save()
    rederive(session.enrollments.all(), by)


@use_case(*EDITORS, does=gettext_lazy("Course corrected"))
def save_course(course: Course, by: By) -> None:
    """Saves a new or corrected course; a corrected field moves all its enrollments to that field."""
    lock_classes(course)
    course.save()
    rederive(Enrollment.objects.filter(session__course=course).exclude(field=course.field_id), by)


def lock_classes(course: Course) -> None:
    """Locks the classes of a course, before the course and the enrollments: the order of enrolling."""
    list(CourseSession.objects.filter(course=course.pk).order_by("pk").select_for_update().values_list("pk"))


@use_case(*EDITORS, does=gettext_lazy("Decision or result corrected"))
def correct_enrollment(enrollment: Enrollment, by: By) -> None:
    """Saves corrected `FACTS` of an enrollment and nothing else: its status has its own use case, `change_status`.

    Raises DomainError for a certificate of a day before the class opens, or of somebody whose study has not ended.
    """
    row = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
    ensure_issued_after_opening(row, enrollment.certificate_date)
    certificate = enrollment.certificate_number, enrollment.certificate_date
    if certificate != (row.certificate_number, row.certificate_date):
        ensure_study_has_ended(row.status, *certificate)
    for name in FACTS:
        setattr(row, name, getattr(enrollment, name))
    row.save()


def _end_previous(staff: Staff, posting: Posting) -> str | None:
    """Ends the posting before; says that they overlap when it would have gone on after the new one."""
    previous = _others(staff, posting).in_force(posting.start).filter(start__lt=posting.start).first()
    if previous is None:
        return None
    overlap = _overlap(previous) if previous.days.outlasts(posting.days) else None
    previous.end = posting.start - datetime.timedelta(days=1)
    previous.save()
    return overlap


def _others(staff: Staff, posting: Posting) -> PostingQuerySet[Posting]:
    return staff.postings.exclude(pk=posting.pk).select_related("unit")


def _may_end(other: Posting, posting: Posting) -> bool:
    """Whether `end_previous` is what the new posting lacks: the other begins before it and does not go on after it."""
    goes_on = other.days.outlasts(posting.days)
    return posting.pk is None and other.days.begins_before(posting.days) and not goes_on


def _way_out(other: Posting) -> str:
    return _("Tick this to end the posting in %(unit)s.") % {"unit": other.unit}


def _overlap(other: Posting) -> str:
    text = _("Overlaps the posting in %(unit)s (%(period)s). End that one first, or choose another date.")
    return text % {"unit": other.unit, "period": other.period}
