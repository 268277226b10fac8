"""Filters of the course catalogue."""

import django_filters
from django.utils.translation import gettext_lazy as _

from courses.models import Course, Field
from vpcp_training.screens.lists import ListFilter


class CourseFilter(ListFilter):
    """Filters of the course list."""

    field = django_filters.ModelChoiceFilter(to_field_name="code", queryset=Field.objects.all(), label=_("Field"))

    class Meta:
        model = Course
        fields = []
