"""Builders of records: a test names what matters to it, the builder makes up the rest.

unit = UnitBuilder(code="QT", name="Cục Quản trị")
staff = StaffBuilder(full_name="Lê Ngọc An", posting__unit=unit)        # in service there since 2005
session = SessionBuilder(start=date(2012, 3, 5), course__field__code="TH")
EnrollmentBuilder(session=session, staff=staff, status="sent")           # with its snapshots
leader = UserBuilder(role="leader", unit=unit)                           # sign in by client.force_login
"""

import datetime

import factory
from factory.django import DjangoModelFactory

from courses.models import Course, CourseSession, Field, Provider
from enrollments.models import Enrollment
from enrollments.snapshots import derive
from enrollments.status import Status
from personnel.models import Position, Posting, Rank, Staff, Unit, User


class UnitBuilder(DjangoModelFactory):
    """A top unit without dates; `parent=` puts it below another."""

    class Meta:
        model = Unit
        django_get_or_create = ["code"]

    code = factory.Sequence(lambda n: f"DV{n:03}")
    name = factory.LazyAttribute(lambda unit: f"Đơn vị {unit.code}")


class RankBuilder(DjangoModelFactory):
    """The rank of a code (those of the seed exist already)."""

    class Meta:
        model = Rank
        django_get_or_create = ["code"]

    code = "01.003"
    name = "Chuyên viên"


class PositionBuilder(DjangoModelFactory):
    """The position of a name (those of the seed exist already)."""

    class Meta:
        model = Position
        django_get_or_create = ["name"]

    name = "Chuyên viên"


class PostingBuilder(DjangoModelFactory):
    """A posting from 2005 on, without an end."""

    class Meta:
        model = Posting

    staff = factory.SubFactory("tests.builders.StaffBuilder", posting=None)
    unit = factory.SubFactory(UnitBuilder)
    position = factory.SubFactory(PositionBuilder)
    rank = factory.SubFactory(RankBuilder)
    start = datetime.date(2005, 1, 1)


class StaffBuilder(DjangoModelFactory):
    """A man in service since 2005, in a unit of his own; `posting__unit=` says where, `posting=None` nowhere."""

    class Meta:
        model = Staff
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"CB{n:05}")  # of five digits, which no test names
    full_name = "Nguyễn Văn An"
    gender = Staff.Gender.MALE
    category = Staff.Category.CIVIL_SERVANT
    posting = factory.RelatedFactory(PostingBuilder, factory_related_name="staff")


class UserBuilder(DjangoModelFactory):
    """An hr officer; `role=` and `unit=` for others, `password=` where the sign-in page is tried."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user{n}")
    role = User.Role.HR

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(*args, **kwargs)


class FieldBuilder(DjangoModelFactory):
    """The field of a code (the eight of the seed exist already)."""

    class Meta:
        model = Field
        django_get_or_create = ["code"]

    code = "QLNN"
    name = factory.LazyAttribute(lambda field: f"Lĩnh vực {field.code}")


class CourseBuilder(DjangoModelFactory):
    """A course of state administration; `field__code=` for another field."""

    class Meta:
        model = Course

    code = factory.Sequence(lambda n: f"CT{n:03}")
    name = factory.LazyAttribute(lambda course: f"Bồi dưỡng {course.code}")
    field = factory.SubFactory(FieldBuilder)


class ProviderBuilder(DjangoModelFactory):
    """The training provider of a name."""

    class Meta:
        model = Provider
        django_get_or_create = ["name"]

    name = "Học viện Hành chính"


class SessionBuilder(DjangoModelFactory):
    """A class of five days, opening on Monday 5 March 2012 unless `start=` says otherwise."""

    class Meta:
        model = CourseSession

    code = factory.Sequence(lambda n: f"2012-L{n:03}")
    course = factory.SubFactory(CourseBuilder)
    name = factory.LazyAttribute(lambda session: f"Lớp {session.code}")
    start = datetime.date(2012, 3, 5)
    end = factory.LazyAttribute(lambda session: session.start + datetime.timedelta(days=4))


class EnrollmentBuilder(DjangoModelFactory):
    """A completed enrollment whose snapshots are derived from the staff member's postings."""

    class Meta:
        model = Enrollment

    session = factory.SubFactory(SessionBuilder)
    staff = factory.SubFactory(StaffBuilder)
    status = Status.COMPLETED

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        (enrollment,) = derive([model_class(*args, **kwargs)])
        enrollment.save()
        return enrollment
