"""Filters of staff, units, accounts and exports. A filter only narrows what the user may see."""

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from personnel.forms import UnitLabels
from personnel.models import ExportLog, Position, Posting, Staff, Unit, User
from vpcp_training.roles import SERVER_COMMAND, sees_minority
from vpcp_training.screens.lists import ListFilter

IN_SERVICE, LEFT = "in", "left"
NO_LEVEL = "none"


class _UnitFilterField(UnitLabels, django_filters.fields.ModelChoiceField):
    """Units, indented as the tree."""


class UnitFilter(django_filters.ModelChoiceFilter):
    """One of the units the user may see; its code stands in the address."""

    field_class = _UnitFilterField

    def __init__(self, *args, **kwargs):
        own = {
            "to_field_name": "code",
            "queryset": lambda request: Unit.objects.visible_to(request.user).as_tree(),
            "label": _("Unit"),
        }
        super().__init__(*args, **{**own, **kwargs})


class StaffFilter(ListFilter):
    """Filters of the staff list: where people are today, what they hold, who they are."""

    unit = UnitFilter(method="in_unit")
    level = django_filters.ChoiceFilter(
        choices=[*Position.Level.choices, (NO_LEVEL, _("Not a leader"))], method="at_level", label=_("Position level")
    )
    category = django_filters.ChoiceFilter(choices=Staff.Category, label=_("Category"))
    service = django_filters.ChoiceFilter(
        choices=[(IN_SERVICE, _("In service")), (LEFT, _("Left"))], method="by_service", label=_("Service")
    )
    minority = django_filters.ChoiceFilter(
        choices=[("1", _("yes")), ("0", _("no"))], method="by_minority", label=_("Ethnic minority")
    )

    class Meta:
        model = Staff
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not sees_minority(self.request.user):
            # The mark is personal data.
            del self.filters["minority"]

    def in_unit(self, queryset, name, value):
        """Posted today in the subtree; of those who left, once posted there."""
        units = Unit.objects.subtree_of(value.pk)
        left = self.form.cleaned_data["service"] == LEFT
        postings = self._postings() if left else self._postings_today()
        return queryset.filter(pk__in=postings.filter(unit__in=units).values("staff"))

    def at_level(self, queryset, name, value):
        postings = self._postings_today().filter(position__level="" if value == NO_LEVEL else value)
        return queryset.filter(pk__in=postings.values("staff"))

    def by_service(self, queryset, name, value):
        serving = self._postings_today().values("staff")
        return queryset.filter(pk__in=serving) if value == IN_SERVICE else queryset.exclude(pk__in=serving)

    def by_minority(self, queryset, name, value):
        return queryset.filter(is_ethnic_minority=value == "1")

    def _postings(self) -> QuerySet:
        return Posting.objects.visible_to(self.request.user)

    def _postings_today(self) -> QuerySet:
        return self._postings().in_force(timezone.localdate())


class UnitListFilter(ListFilter):
    """Filters of the unit list."""

    in_force = django_filters.ChoiceFilter(
        choices=[("1", _("In force today")), ("0", _("Not in force today"))], method="by_force", label=_("Validity")
    )

    class Meta:
        model = Unit
        fields = []

    def by_force(self, queryset, name, value):
        today = Unit.objects.in_force(timezone.localdate())
        return queryset.filter(pk__in=today) if value == "1" else queryset.exclude(pk__in=today)


class UserFilter(ListFilter):
    """Filters of the accounts."""

    role = django_filters.ChoiceFilter(choices=User.Role, label=_("Role"))
    active = django_filters.ChoiceFilter(
        field_name="is_active", choices=[("1", _("Active")), ("0", _("Deactivated"))], label=_("Account")
    )

    class Meta:
        model = User
        fields = []


class ExportFilter(ListFilter):
    """Filters of the log of exports."""

    user = django_filters.ModelChoiceFilter(
        to_field_name="username",
        queryset=User.objects.all(),
        label=_("User"),
        null_label=SERVER_COMMAND,
        null_value="~",  # which no user name has
    )

    class Meta:
        model = ExportLog
        fields = []
