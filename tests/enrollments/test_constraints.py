"""What the database itself refuses, whatever the code above it does."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from enrollments.models import Enrollment
from enrollments.status import Status
from personnel.models import Posting
from tests.builders import EnrollmentBuilder, PostingBuilder, SessionBuilder, StaffBuilder, UnitBuilder

pytestmark = pytest.mark.django_db
ACTIVE = sorted(set(Status) - {Status.CANCELLED, Status.DECLINED})


def refused() -> pytest.raises:
    return pytest.raises(IntegrityError)


@pytest.mark.parametrize("first", ACTIVE)
@pytest.mark.parametrize("second", ["proposed", "completed"])
def test_one_active_enrollment_of_a_person_in_a_class(first, second):
    row = EnrollmentBuilder(status=first)
    with refused(), transaction.atomic():
        EnrollmentBuilder(session=row.session, staff=row.staff, status=second)


def test_any_number_of_cancelled_and_declined_ones():
    row = EnrollmentBuilder(status="sent")
    for status in ("cancelled", "cancelled", "declined", "declined"):
        EnrollmentBuilder(session=row.session, staff=row.staff, status=status)
    assert Enrollment.objects.count() == 5


def test_a_participation_has_a_unit():
    row = EnrollmentBuilder(status="sent")
    with refused(), transaction.atomic():
        Enrollment.objects.filter(pk=row.pk).update(unit=None)
    Enrollment.objects.filter(pk=row.pk).update(unit=None, status="proposed")


def test_a_status_is_one_of_the_nine():
    row = EnrollmentBuilder()
    with refused(), transaction.atomic():
        Enrollment.objects.filter(pk=row.pk).update(status="done")


def test_a_class_does_not_end_before_it_starts():
    SessionBuilder(start=datetime.date(2012, 3, 5), end=datetime.date(2012, 3, 5))
    with refused(), transaction.atomic():
        SessionBuilder(start=datetime.date(2012, 3, 5), end=datetime.date(2012, 3, 4))


def test_nothing_in_use_is_deleted():
    row = EnrollmentBuilder()
    for used in (row.session, row.staff, row.unit, row.field, row.session.course, row.position, row.rank):
        with pytest.raises(ProtectedError), transaction.atomic():
            used.delete()


def test_postings_of_a_person_do_not_start_on_the_same_day():
    posting = PostingBuilder()
    with refused(), transaction.atomic():
        PostingBuilder(staff=posting.staff)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the exclusion constraint is PostgreSQL's")
class TestOverlappingPostings:
    """On PostgreSQL an exclusion constraint; on SQLite `save_posting` under the write lock (test_snapshots)."""

    def check_now(self):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_two_that_share_a_day_are_refused(self):
        staff = StaffBuilder(posting__end=datetime.date(2012, 3, 5))
        with refused(), transaction.atomic():
            PostingBuilder(staff=staff, start=datetime.date(2012, 3, 5))
            self.check_now()

    def test_one_after_the_other_and_other_people_are_taken(self):
        staff = StaffBuilder(posting__end=datetime.date(2012, 3, 4))
        PostingBuilder(staff=staff, start=datetime.date(2012, 3, 5))
        StaffBuilder()
        self.check_now()

    def test_only_the_state_at_the_end_of_the_transaction_matters(self):
        staff = StaffBuilder()
        with transaction.atomic():
            PostingBuilder(staff=staff, unit=UnitBuilder(), start=datetime.date(2012, 3, 5))
            Posting.objects.filter(staff=staff, end=None, start__year=2005).update(end=datetime.date(2012, 3, 4))
        self.check_now()
