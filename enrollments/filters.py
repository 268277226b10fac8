"""Filters of classes, enrollments and the people in them. A filter only narrows what the user may see."""

from itertools import takewhile

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import Course, CourseSession, Field, Provider
from enrollments.axes import AXES
from enrollments.models import Enrollment
from enrollments.slices import slices_for
from enrollments.status import Status
from personnel.filters import UnitFilter
from vpcp_training.screens.lists import DayFilter, ListFilter, WithYearBeforeFilter, YearsFilter

COUNTED_CHOICE = "counted"
NO_RESULT, NO_DECISION = "result", "decision"


class SessionFilter(ListFilter):
    """Filters of the class list."""

    often = ("year", "field", "course", "stage", "provider")

    year = YearsFilter(field_name="start__year")
    before = WithYearBeforeFilter()
    field = django_filters.ModelChoiceFilter(
        field_name="course__field", to_field_name="code", queryset=Field.objects.all(), label=_("Field")
    )
    course = django_filters.ModelChoiceFilter(
        to_field_name="code", queryset=lambda request: Course.objects.visible_to(request.user), label=_("Course")
    )
    stage = django_filters.ChoiceFilter(choices=CourseSession.Stage, method="in_stage", label=_("Stage"))
    mode = django_filters.ChoiceFilter(choices=CourseSession.Mode, label=_("Mode of study"))
    overseas = django_filters.ChoiceFilter(
        choices=[("1", _("Overseas")), ("0", _("In Viet Nam"))], method="by_country", label=_("Held")
    )
    provider = django_filters.ModelChoiceFilter(queryset=Provider.objects.all(), label=_("Training provider"))
    attended = django_filters.ChoiceFilter(
        choices=[("1", _("With participations"))], method="attended_by", label=_("Attendance")
    )
    unit = UnitFilter(method="attended_by", label=_("With participations of unit"))
    todo = django_filters.ChoiceFilter(
        choices=[(NO_RESULT, _("Class over, no result yet"))], method="to_be_done", label=_("To be done")
    )

    def attended_by(self, queryset, name, value):
        """Classes with participations the user may see, of a unit and all below it if one is given."""
        rows = Enrollment.objects.visible_to(self.request.user).participations()
        rows = rows.in_unit(value) if name == "unit" else rows
        return queryset.filter(pk__in=rows.values("session"))

    def to_be_done(self, queryset, name, value):
        rows = Enrollment.objects.visible_to(self.request.user).without_result(timezone.localdate())
        return queryset.filter(pk__in=rows.values("session"))

    def in_stage(self, queryset, name, value):
        return queryset.in_stage(value, timezone.localdate())

    def by_country(self, queryset, name, value):
        return queryset.overseas() if value == "1" else queryset.at_home()


class EnrollmentFilter(ListFilter):
    """Filters of the enrollment list; the links of every figure are made of them."""

    axes = AXES
    often = ("year", "course", *(axis.key for axis in axes), "status")

    year = YearsFilter()
    before = WithYearBeforeFilter()
    course = django_filters.ModelChoiceFilter(
        field_name="session__course",
        to_field_name="code",
        queryset=lambda request: Course.objects.visible_to(request.user),
        label=_("Course"),
    )
    opens_from = DayFilter(field_name="session__start", lookup_expr="gte", label=_("Opens from"))
    opens_to = DayFilter(field_name="session__start", lookup_expr="lte", label=_("Opens until"))
    status = django_filters.ChoiceFilter(
        choices=[(COUNTED_CHOICE, _("Counted as participations")), *Status.choices],
        method="with_status",
        label=_("Status"),
    )
    slice = django_filters.ChoiceFilter(method="in_slice", label=_("Statistical group"))
    todo = django_filters.ChoiceFilter(
        choices=[(NO_RESULT, _("Class over, no result yet")), (NO_DECISION, _("No decision number"))],
        method="to_be_done",
        label=_("To be done"),
    )
    decision = django_filters.CharFilter(method="numbered", max_length=100, label=_("Decision number"))
    certificate = django_filters.CharFilter(method="numbered", max_length=100, label=_("Certificate number"))
    session = django_filters.CharFilter(field_name="session__code", max_length=50, label=_("Class code"))
    staff = django_filters.CharFilter(field_name="staff__code", max_length=50, label=_("Staff code"))

    class Meta:
        model = Enrollment
        fields = []

    @classmethod
    def get_filters(cls):
        """Those of the axes stand before the status."""
        declared = super().get_filters()
        before = dict(takewhile(lambda item: item[0] != "status", declared.items()))
        of_axes = {name: each for axis in cls.axes for name, each in axis.filters().items()}
        return {**before, **of_axes, **declared}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        slices = slices_for(self.request.user)
        self.filters["slice"].extra["choices"] = [(each.key, each.label) for each in slices]

    def with_status(self, queryset, name, value):
        return queryset.participations() if value == COUNTED_CHOICE else queryset.filter(status=value)

    def in_slice(self, queryset, name, value):
        return queryset.in_slice(value)

    def to_be_done(self, queryset, name, value):
        return queryset.without_result(timezone.localdate()) if value == NO_RESULT else queryset.without_decision()

    def numbered(self, queryset, name, value):
        return queryset.with_number(name, value)


class RosterFilter(ListFilter):
    """Filters of a class's roster."""

    status = django_filters.ChoiceFilter(choices=Status, label=_("Status"))

    class Meta:
        model = Enrollment
        fields = []


class PeopleFilter(EnrollmentFilter):
    """The filters of enrollments, answered with the people in them and how many participations each has there."""

    def filter_queryset(self, queryset):
        enrollments = super().filter_queryset(Enrollment.objects.visible_to(self.request.user))
        return enrollments.people(queryset)
