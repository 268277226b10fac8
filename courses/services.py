"""Changes made to the catalogue. A course that has classes moves snapshots: it is corrected by `enrollments`."""

from django.db import transaction

from courses.models import Course


@transaction.atomic
def add_course(course: Course, by) -> None:
    """Saves a new course."""
    course._history_user = by
    course.save()
