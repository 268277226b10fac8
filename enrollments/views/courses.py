"""Editing a course. Another field moves all its enrollments, so it belongs here."""

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.forms import CourseForm
from courses.models import Course
from enrollments.services import save_course
from enrollments.services.corrections import lock_classes
from vpcp_training.access import allow
from vpcp_training.roles import EDITORS
from vpcp_training.screens.pages import FormPage


@allow(*EDITORS)
class CourseEdit(FormPage):
    """Corrects a course of the catalogue."""

    model, form_class = Course, CourseForm
    template_name = "enrollments/course_form.html"

    def lock(self):
        lock_classes(self.record)
        super().lock()

    def save(self, form):
        save_course(form.instance, self.request.user)
        return form.instance

    def get_title(self):
        return _("Edit %(name)s") % {"name": self.record}

    def get_crumbs(self):
        return [(_("Courses"), reverse("courses:course_list"))]

    def get_success_url(self):
        return reverse("courses:course_list")

    def get_success_message(self):
        return _("Saved: %(name)s.") % {"name": self.saved}
