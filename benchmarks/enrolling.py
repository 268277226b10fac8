"""Enrolling many people in one class: the service, with its checks and history, against a row at a time and in bulk."""

from collections.abc import Callable, Iterator

from simple_history.utils import bulk_create_with_history

from courses.models import CourseSession
from enrollments.models import Enrollment
from enrollments.services import enroll
from enrollments.status import Status
from personnel.models import Posting, Staff, User

from .timing import Bench, Result, undone

_PEOPLE = 500
_IN_BULK = 0.5  # at most twice the time of writing the rows alone


def run(bench: Bench) -> Iterator[Result]:
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

    def row_by_row():
        for person in people:
            posting = Posting.objects.in_force(session.start).get(staff=person)
            values = _values(session, posting)
            _enrollment, created = Enrollment.objects.get_or_create(session=session, staff=person, defaults=values)
            assert created

    def in_bulk():
        Enrollment.objects.bulk_create(_unsaved(session, people))

    def in_bulk_with_history():
        bulk_create_with_history(_unsaved(session, people), Enrollment, default_user=user)

    name = f"enroll {len(people)} people in a class"
    for library, rival, aim in (
        ("get_or_create and history a row", row_by_row, 5),
        ("bulk_create with history, unchecked", in_bulk_with_history, _IN_BULK),
        ("bulk_create without history, unchecked", in_bulk, _IN_BULK),
    ):
        yield Result(name, library, bench.compare(ours, _undoing(rival)), aim)


def _undoing(write: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        with undone():
            write()

    return run


def _unsaved(session: CourseSession, people: list[Staff]) -> list[Enrollment]:
    postings = Posting.objects.in_force(session.start).filter(staff__in=people)
    return [Enrollment(session=session, staff_id=posting.staff_id, **_values(session, posting)) for posting in postings]


def _values(session: CourseSession, posting: Posting) -> dict:
    return {
        "status": Status.SENT,
        "year": session.start.year,
        "field_id": session.course.field_id,
        "unit_id": posting.unit_id,
        "position_id": posting.position_id,
        "rank_id": posting.rank_id,
    }
