"""Columns of the lists of staff, units, accounts and exports."""

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tables2 import A

from personnel.models import ExportLog, Staff, Unit, User
from personnel.querysets import tree_order, units_of
from vpcp_training.roles import SERVER_COMMAND
from vpcp_training.screens.tables import ONE_LINE, CountColumn, DayColumn, LineColumn, ListTable, only_in_excel


class StaffTable(ListTable):
    """People, with the posting of today."""

    full_name = LineColumn(
        linkify=("enrollments:staff_record", {"code": A("code")}), order_by=("sort_key", "birth_date"), attrs=ONE_LINE
    )
    code = tables.Column(verbose_name=gettext_lazy("Code"))
    unit = LineColumn(gettext_lazy("Unit"), accessor="current_posting__unit", roomy=True)
    position = LineColumn(gettext_lazy("Position held"), accessor="current_posting__position", orderable=False)
    rank = tables.Column(gettext_lazy("Rank"), accessor="current_posting__rank__code", orderable=False)

    class Meta(ListTable.Meta):
        model = Staff
        fields = ("full_name", "code", "birth_date", "unit", "position", "rank")
        order_by = "full_name"
        attrs = {"class": "t t-cards single"}

    def __init__(self, *args, user, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    def render_rank(self, record):
        return record.current_posting.rank.code_and_name

    def value_rank(self, value):
        return value

    def order_unit(self, queryset, is_descending):
        """In the order of the tree of units, then by name."""
        keys = tree_order("post__unit__", within=units_of(self.user), descending=is_descending)
        return queryset.posted(timezone.localdate()).order_by(*keys, "sort_key", "birth_date"), True


class UnitTable(ListTable):
    """The tree of units, each with the people there and below it today (`people`: number by unit id)."""

    name = LineColumn(orderable=False)
    code = tables.Column(verbose_name=gettext_lazy("Code"), orderable=False)
    kind = tables.Column(orderable=False)
    # On the screen the tree says it.
    parent = only_in_excel(gettext_lazy("Parent unit"), LineColumn, accessor="parent__display_name")
    valid_from = DayColumn(verbose_name=gettext_lazy("From"), orderable=False)
    valid_to = DayColumn(verbose_name=gettext_lazy("To"), orderable=False)
    predecessors = tables.ManyToManyColumn(orderable=False)
    successors = tables.ManyToManyColumn(verbose_name=gettext_lazy("Successors"), orderable=False)
    people = CountColumn(verbose_name=gettext_lazy("People today"), orderable=False, empty_values=())

    class Meta(ListTable.Meta):
        model = Unit
        fields = ("name", "code", "kind", "parent", "valid_from", "valid_to", "predecessors", "successors", "people")
        row_attrs = {"class": lambda record: f"depth-{record.depth}"}

    def __init__(self, *args, people: dict[int, int], leads_to: str, **kwargs):
        self.people, self.leads_to = people, leads_to
        super().__init__(*args, **kwargs)

    def render_name(self, record):
        if not self.leads_to:
            return record.display_name
        url = reverse(self.leads_to, args=[record.code])
        return format_html('<a href="{}">{}</a>', url, record.display_name)

    def value_name(self, record):
        return record.display_name

    def render_people(self, record):
        number = CountColumn().render(self.people.get(record.pk, 0))
        return format_html('<a href="{}?unit={}">{}</a>', reverse("personnel:staff_list"), record.code, number)

    def value_people(self, record):
        return self.people.get(record.pk, 0)


class UserTable(ListTable):
    """Accounts."""

    username = tables.Column(linkify=("personnel:user_edit", {"pk": A("pk")}))
    unit = tables.Column(order_by=("unit__sort_order", "unit__code"))
    state = tables.Column(gettext_lazy("Account"), accessor="is_active", order_by=("is_active",))
    last_login = tables.DateTimeColumn(verbose_name=gettext_lazy("Last sign-in"))

    class Meta(ListTable.Meta):
        model = User
        fields = ("username", "full_name", "role", "unit", "state", "last_login")
        order_by = "username"

    def __init__(self, *args, locked: set[str], **kwargs):
        self.locked = locked
        super().__init__(*args, **kwargs)

    def render_state(self, record):
        kind = {_("Active"): "ok", _("Deactivated"): "no"}.get(state := self.value_state(record), "warn")
        return format_html('<span class="tag {}">{}</span>', kind, state)

    def value_state(self, record):
        if not record.is_active:
            return _("Deactivated")
        if record.username in self.locked:
            return _("Locked")
        if record.temporary_password_expired:
            return _("Temporary password expired")
        return _("Temporary password not changed yet") if record.must_change_password else _("Active")


class ExportTable(ListTable):
    """Who took which rows out of the system."""

    user = tables.Column(order_by=("user__username",), default=SERVER_COMMAND)
    query = LineColumn()
    rows = CountColumn()

    class Meta(ListTable.Meta):
        model = ExportLog
        fields = ("at", "user", "what", "query", "rows")
        order_by = "-at"
