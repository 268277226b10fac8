"""Enrolling many people in one class: the service, with its checks and history, against a row at a time."""

from courses.models import CourseSession
from enrollments.models import Enrollment
from enrollments.services import enroll
from enrollments.status import Status
from personnel.models import Posting, Staff, User

from .database import Databases
from .scales import SCALES
from .timing import Result, compare, undone

_PEOPLE = 500


def run(databases: Databases, size: str) -> list[Result]:
    """500 people (all there are, at the smallest size), one class."""
    databases.use(SCALES[size])
    user = User.objects.get()
    session = CourseSession.objects.select_related("course").latest("start", "pk")
    people = list(Staff.objects.exclude(enrollments__session=session)[:_PEOPLE])
    confirmed = {person.pk for person in people}

    def ours():
        with undone():
            assert len(enroll(session, people, user, confirmed=confirmed)) == len(people)

    def rival():
        with undone():
            for person in people:
                _get_or_create(session, person, user)

    name = f"enroll {len(people)} people in a class"
    return [Result(name, "get_or_create and history a row", *compare(ours, rival), aim=5)]


def _get_or_create(session: CourseSession, person: Staff, user: User) -> None:
    posting = Posting.objects.in_force(session.start).get(staff=person)
    enrollment, created = Enrollment.objects.get_or_create(
        session=session,
        staff=person,
        defaults={
            "status": Status.SENT,
            "year": session.start.year,
            "field_id": session.course.field_id,
            "unit_id": posting.unit_id,
            "position_id": posting.position_id,
            "rank_id": posting.rank_id,
        },
    )
    assert created
