"""The course catalogue. A course is edited in `enrollments`, since its field is that of its enrollments."""

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from courses.filters import CourseFilter
from courses.forms import CourseForm
from courses.models import Course
from courses.services import COURSE_DELETION, add_course
from courses.tables import CourseTable
from vpcp_training.access import allow
from vpcp_training.roles import EDITORS, OFFICE_READERS, READERS, may_edit
from vpcp_training.screens.delete_pages import DeletedPage, DeletePage
from vpcp_training.screens.lists import Action, ListPage
from vpcp_training.screens.pages import FormPage, HistoryPage


@allow(*READERS)
class CourseList(ListPage):
    """The catalogue, which names no person and is open to all."""

    model, table_class, filterset_class = Course, CourseTable, CourseFilter
    title = gettext_lazy("Courses")
    search_label = gettext_lazy("Name or code, without diacritics")
    count_label = ngettext_lazy("%(shown)s course", "%(shown)s courses", "n")
    empty = gettext_lazy("No course yet. Add the first one, or import a workbook.")
    actions = (Action(gettext_lazy("Add a course"), "courses:course_add", EDITORS, primary=True),)
    file_name = "chuong-trinh"
    deleted_name = "courses:course_deleted"

    def get_queryset(self):
        return super().get_queryset().select_related("field").annotate(classes=Count("sessions"))

    def get_table_kwargs(self):
        return {"can_edit": may_edit(self.request.user)}


@allow(*EDITORS)
class CourseAdd(FormPage):
    """Adds a course to the catalogue."""

    model, form_class = Course, CourseForm
    creates = True
    title = gettext_lazy("Add a course")

    def save(self, form):
        add_course(form.instance, self.request.user)
        return form.instance

    def get_crumbs(self):
        return [(_("Courses"), reverse("courses:course_list"))]

    def get_success_url(self):
        return reverse("courses:course_list")

    def get_success_message(self):
        return _("Saved: %(name)s.") % {"name": self.saved}


@allow(*EDITORS)
class CourseDelete(DeletePage):
    """Deletes a course entered by mistake."""

    model, deletion = Course, COURSE_DELETION

    def get_crumbs(self):
        edit = reverse("enrollments:course_edit", args=[self.record.code])
        return [(_("Courses"), reverse("courses:course_list")), (str(self.record), edit)]

    def get_success_url(self):
        return reverse("courses:course_list")


@allow(*OFFICE_READERS)
class CourseDeleted(DeletedPage):
    """Courses entered by mistake that somebody deleted."""

    model, list_name = Course, "courses:course_list"


@allow(*READERS)
class CourseHistory(HistoryPage):
    """Who changed what about a course."""

    model = Course

    def get_crumbs(self):
        return [(_("Courses"), reverse("courses:course_list"))]
