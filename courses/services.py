"""Changes made to the catalogue. A course that has classes moves snapshots: it is corrected by `enrollments`."""

from django.utils.translation import gettext_lazy, ngettext_lazy

from courses.models import Course
from vpcp_training.deletion import Deletion
from vpcp_training.roles import EDITORS, By
from vpcp_training.use_cases import use_case

COURSE_DELETION = Deletion(
    used_by={"sessions": ngettext_lazy("%(shown)s class", "%(shown)s classes", "n")},
    instead=gettext_lazy(
        "If it is given no more, it simply stays in the catalogue; mistaken classes are deleted first."
    ),
)
SESSION_DELETION = Deletion(
    used_by={"enrollments": ngettext_lazy("%(shown)s enrollment", "%(shown)s enrollments", "n")},
    instead=gettext_lazy("Cancel the class instead; people added by mistake are deleted from it first."),
)


@use_case(*EDITORS, does=gettext_lazy("Course added"))
def add_course(course: Course, by: By) -> None:
    """Saves a new course."""
    course.save()
