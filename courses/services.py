"""Changes made to the catalogue. A course that has classes moves snapshots: it is corrected by `enrollments`."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courses.models import Course
from vpcp_training.errors import DomainError


@transaction.atomic
def add_course(course: Course, by) -> None:
    """Saves a new course; raises DomainError when somebody else took its code meanwhile."""
    course._history_user = by
    try:
        with transaction.atomic():
            course.save()
    except IntegrityError:
        if not Course.objects.filter(code=course.code).exists():
            raise
        raise DomainError(("code", _("This code was taken a moment ago. Choose another."))) from None
