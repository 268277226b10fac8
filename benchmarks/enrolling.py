"""Enrolling many people in one class: the service, with its checks and history, against a row at a time."""

from courses.models import CourseSession
from enrollments.models import Enrollment
from enrollments.services import enroll
from enrollments.status import Status
from personnel.models import Posting, Staff, User

from .timing import Bench, Result, undone

_PEOPLE = 500


def run(bench: Bench) -> list[Result]:
    """500 people (fewer at the smallest size), one class."""
    bench.use()
    user = User.objects.get()
    session = CourseSession.objects.select_related("course").latest("start", "pk")
    wanted = min(_PEOPLE, bench.scale.people // 3)
    people = list(Staff.objects.exclude(enrollments__session=session)[:wanted])
    confirmed = {person.pk for person in people}

    def ours():
        with undone():
            assert len(enroll(session, people, user, confirmed=confirmed)) == len(people)

    def rival():
        with undone():
            for person in people:
                _get_or_create(session, person, user)

    name = f"enroll {len(people)} people in a class"
    return [Result(name, "get_or_create and history a row", *bench.compare(ours, rival), aim=5)]


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
