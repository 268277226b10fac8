"""Columns of the course list."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from courses.models import Course
from vpcp_training.screens.tables import CountColumn, LineColumn, ListTable


class CourseTable(ListTable):
    """Courses, each with the number of its classes."""

    name = LineColumn(gettext_lazy("Course name"), accessor="display_name", order_by="sort_key")
    code = tables.Column(verbose_name=gettext_lazy("Code"))
    field = tables.Column(order_by=("field__sort_order", "sort_key"))
    periods = CountColumn()
    classes = CountColumn(verbose_name=gettext_lazy("Classes"))

    class Meta(ListTable.Meta):
        model = Course
        fields = ("name", "code", "field", "level", "periods", "classes")
        order_by = "name"

    def __init__(self, *args, can_edit: bool, **kwargs):
        self.can_edit = can_edit
        super().__init__(*args, **kwargs)

    def render_name(self, record):
        if not self.can_edit:
            return record.display_name
        url = reverse("enrollments:course_edit", args=[record.code])
        return format_html('<a href="{}">{}</a>', url, record.display_name)

    def value_name(self, record):
        return record.display_name

    def render_classes(self, record, value):
        number = CountColumn().render(value)
        return format_html('<a href="{}?course={}">{}</a>', reverse("enrollments:session_list"), record.code, number)

    def value_classes(self, value):
        return value
