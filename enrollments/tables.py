"""Columns of the lists of classes, enrollments and people, and of a class's roster."""

import datetime

import django_tables2 as tables
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django_tables2 import A

from courses.models import CourseSession
from enrollments.models import Enrollment
from enrollments.status import Status, next_statuses
from personnel.models import Staff
from vpcp_training.figures import grouped
from vpcp_training.screens.tables import NUMERIC, ONE_LINE, CountColumn, DayColumn, LineColumn, ListTable, only_in_excel

from .templatetags.enrollments import stage_tag, status_tag

_BY_NAME = ("staff__sort_key", "staff__birth_date")
_RECORD = ("enrollments:enrollment_detail", {"pk": A("pk")})


class PeriodColumn(tables.Column):
    """From when to when, on the screen only: Excel has a column for each date."""

    def __init__(self, *args, end: str, **kwargs):
        self.end = A(end)
        super().__init__(*args, exclude_from_export=True, **kwargs)

    def render(self, value, record):
        return format_html(
            '<span><span class="period">{} –</span> <span class="period">{}</span></span>',
            _day(value),
            _day(self.end.resolve(record)),
        )


class StatusColumn(tables.Column):
    """The status as a tag; its words in Excel."""

    def render(self, value, record):
        return status_tag(record.status)

    def value(self, record):
        return Status(record.status).label


class SessionTable(ListTable):
    """Classes; `taken` is annotated."""

    code = tables.Column(_("Class code"), linkify=("enrollments:session_detail", {"code": A("code")}), attrs=ONE_LINE)
    name = LineColumn(_("Class and course"), orderable=False, roomy=True)
    course = only_in_excel(_("Course"), LineColumn, accessor="course__display_name")
    start = PeriodColumn(_("Time"), end="end")
    opening = only_in_excel(_("Opening"), DayColumn, accessor="start")
    closing = only_in_excel(_("Closing"), DayColumn, accessor="end")
    mode = tables.Column(_("Mode of study"), orderable=False, attrs=ONE_LINE)
    place = LineColumn(_("Place"), orderable=False)
    taken = tables.Column(_("Seats"), attrs=NUMERIC, orderable=False, exclude_from_export=True)
    seats_taken = only_in_excel(_("Seats taken"), CountColumn, accessor="taken")
    seats = only_in_excel(_("Seats"), CountColumn)
    stage = tables.Column(_("Stage"), empty_values=(), orderable=False)

    class Meta(ListTable.Meta):
        model = CourseSession
        fields = ()
        order_by = "-start"
        attrs = {"class": "t t-cards across single"}
        sequence = (
            *("number", "code", "name", "course", "start", "opening", "closing", "mode", "place"),
            *("taken", "seats_taken", "seats", "stage"),
        )

    def render_name(self, value, record):
        return format_html('<span>{} <small class="mut">{}</small></span>', value, record.course.display_name)

    def title_name(self, record):
        return f"{record.name} · {record.course.display_name}"

    def value_name(self, value):
        return value

    def render_taken(self, value, record):
        return grouped(value) if record.seats is None else f"{grouped(value)}/{grouped(record.seats)}"

    def render_stage(self, record):
        return stage_tag(record)

    def value_stage(self, record):
        return record.stage().label


class EnrolledTable(ListTable):
    """What every list of enrollments shows."""

    name = LineColumn(_("Full name"), accessor="staff__full_name", linkify=_RECORD, order_by=_BY_NAME, attrs=ONE_LINE)
    code = tables.Column(_("Code"), accessor="staff__code", order_by=("staff__code",))
    unit = LineColumn(_("Unit"), accessor="unit__display_name", order_by=("unit__sort_order", "unit__code", *_BY_NAME))
    position = LineColumn(_("Position held"), accessor="position__display_name", orderable=False)
    status = StatusColumn(_("Status"), orderable=False)
    decision_number = LineColumn(_("Decision"), orderable=False)
    decision_date = only_in_excel(_("Decision date"), DayColumn)
    decision_signer = only_in_excel(_("Signer"), LineColumn)
    result = tables.Column(_("Result"), orderable=False)
    certificate_number = LineColumn(_("Certificate"), orderable=False, roomy=True)
    certificate_date = only_in_excel(_("Issued on"), DayColumn)
    reason = only_in_excel(_("Reason"), LineColumn)


class EnrollmentTable(EnrolledTable):
    """Enrollments of any class, with the unit and field they count for."""

    session = LineColumn(_("Class"), accessor="session__name", orderable=False, roomy=True)
    session_code = only_in_excel(_("Class code"), accessor="session__code")
    start = DayColumn(
        verbose_name=_("Opening"), accessor="session__start", order_by=("session__start", "session__code")
    )
    field = LineColumn(_("Field"), accessor="field__display_name", order_by=("field__sort_order", *_BY_NAME))
    position = only_in_excel(_("Position held"), LineColumn, accessor="position__display_name")
    decision_number = only_in_excel(_("Decision"))
    certificate_number = only_in_excel(_("Certificate"))
    usual_order = _("latest year and last entered first")

    class Meta(ListTable.Meta):
        model = Enrollment
        fields = ()
        attrs = {"class": "t t-cards across single"}
        sequence = ("number", "name", "code", "session", "session_code", "start", "field", "unit", "position", "...")

    def render_session(self, record):
        url = reverse("enrollments:session_detail", args=[record.session.code])
        return format_html(
            '<span><a href="{}">{}</a> <small class="mut">{}</small></span>',
            url,
            record.session.name,
            record.session.code,
        )

    def title_session(self, record):
        return str(record.session)

    def value_session(self, record):
        return record.session.name


class RosterTable(EnrolledTable):
    """The people of one class. Those who may change statuses tick rows of the form `bulk`."""

    tick = tables.Column(
        _("Tick"),
        accessor="pk",
        orderable=False,
        exclude_from_export=True,
        attrs={"th": {"class": "no-print"}, "td": {"class": "no-print"}},
    )
    status = StatusColumn(_("Status"))
    result = tables.Column(_("Result"))

    class Meta(ListTable.Meta):
        model = Enrollment
        fields = ()
        sequence = ("tick", "number", "...")
        order_by = "name"
        attrs = {"class": "t t-cards across single roster"}
        row_attrs = {"class": lambda record, table: "no-print" if table.of_learners and not record.is_counted else ""}

    def __init__(self, *args, of_learners: bool = False, **kwargs):
        # On paper it is the list of those who are or were in the class.
        self.of_learners = of_learners
        super().__init__(*args, **kwargs)

    def render_tick(self, value, record):
        return format_html(
            '<input type="checkbox" class="form-check-input" form="bulk" name="row" value="{}" data-steps="{}"'
            ' aria-label="{}">',
            value,
            " ".join(next_statuses(record.status)),
            record.staff.full_name,
        )

    def render_decision_number(self, value, record):
        return _with_day(value, record.decision_date)

    def title_decision_number(self, record):
        return _in_full(record.decision_number, record.decision_date)

    def value_decision_number(self, value):
        return value

    def render_certificate_number(self, value, record):
        return _with_day(value, record.certificate_date)

    def title_certificate_number(self, record):
        return _in_full(record.certificate_number, record.certificate_date)

    def value_certificate_number(self, value):
        return value


def _with_day(number: str, day):
    return format_html('<span>{} <small class="mut">{}</small></span>', number, _day(day) if day else "")


def _in_full(number: str, day) -> str | None:
    return " · ".join(filter(None, (number, _day(day) if day else ""))) or None


def _day(day: datetime.date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


class PeopleTable(ListTable):
    """The people in some enrollments; each number opens the rows that make it (`query`: the list's filters)."""

    full_name = LineColumn(
        linkify=("enrollments:staff_record", {"code": A("code")}), order_by=("sort_key", "birth_date"), attrs=ONE_LINE
    )
    code = tables.Column(_("Code"))
    unit = LineColumn(_("Unit today"), accessor="current_posting__unit__display_name", orderable=False, roomy=True)
    participations = CountColumn(verbose_name=_("Participations"))

    class Meta(ListTable.Meta):
        model = Staff
        fields = ("full_name", "code", "birth_date", "unit", "participations")
        order_by = "full_name"
        attrs = {"class": "t t-cards single"}

    def __init__(self, *args, query: dict[str, str], **kwargs):
        self.query = query
        super().__init__(*args, **kwargs)

    def render_participations(self, value, record):
        query = urlencode({**self.query, "status": "counted", "staff": record.code})
        return format_html('<a href="{}?{}">{}</a>', reverse("enrollments:enrollment_list"), query, grouped(value))

    def value_participations(self, value):
        return value
