"""Third sheet: every participation of the year, as many rows as the report counts."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from courses.models import CourseSession, Field
from enrollments.status import Status
from personnel.models import Position, Rank, Unit
from personnel.querysets import tree_order
from reports.yearly import YearlyReport
from vpcp_training.paper.pen import Pen, new_sheet, repeat_head, set_height

from .texts import counting_rule, scope_and_year

_HEAD_ROW = 4
_CHUNK = 2000
_SIZE = 10


def add_rows(book: Workbook, report: YearlyReport) -> None:
    """Writes the sheet, in the order of units and of Vietnamese names."""
    columns = _columns()
    sheet = new_sheet(book, _("List"), list(columns.values()), "landscape")
    repeat_head(sheet, _HEAD_ROW, column="D")
    last = get_column_letter(len(columns))
    sheet.auto_filter.ref = f"A{_HEAD_ROW}:{last}{_HEAD_ROW + report.total.participations.current}"
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = 28, True  # two lines a row
    for row in range(1, _HEAD_ROW):
        set_height(sheet, row, 1)
    pen = Pen(sheet)
    sheet.append([pen(_("List of participations"), bold=True, size=14, wrap=False)])
    sheet.append([pen(scope_and_year(report), wrap=False)])
    sheet.append([pen(counting_rule(), italic=True, wrap=False)])
    sheet.append([pen(label, "center", bold=True, box=True, fill=True, size=_SIZE) for label in columns])
    for values in _rows(report):
        sheet.append([pen(value, box=True, size=_SIZE) for value in values])


def _columns() -> dict[str, int]:
    """Headings and widths."""
    return {
        _("No."): 6,
        _("Staff code"): 9,
        _("Full name"): 21,
        _("Unit"): 23,
        _("Position held"): 14,
        _("Rank code"): 8,
        _("Field"): 17,
        _("Course"): 27,
        _("Class code"): 18,
        _("Class"): 28,
        _("Opening date"): 11,
        _("Closing date"): 11,
        _("Country"): 9,
        _("Status"): 12,
        _("Decision number"): 13,
        _("Decision date"): 11,
        _("Result"): 10,
        _("Certificate number"): 18,
    }


def _rows(report: YearlyReport) -> Iterator[tuple]:
    """The rows, their small tables read once so that the big query joins only the person and the unit's order."""
    units, fields = Unit.objects.in_bulk(), Field.objects.in_bulk()
    positions, ranks = Position.objects.in_bulk(), Rank.objects.in_bulk()
    statuses = {value: str(label) for value, label in Status.choices}
    sessions = CourseSession.objects.select_related("course").filter(pk__in=report.rows.values("session")).in_bulk()
    order = (*tree_order("unit__"), "staff__sort_key", "staff__code", "session__start", "pk")
    values = report.rows.order_by(*order).values_list(
        "staff__code",
        "staff__full_name",
        "unit",
        "position",
        "rank",
        "field",
        "session",
        "status",
        "decision_number",
        "decision_date",
        "result",
        "certificate_number",
    )
    for number, row in enumerate(values.iterator(chunk_size=_CHUNK), start=1):
        code, name, unit, position, rank, field, session, status, *rest = row
        session = sessions[session]
        yield (
            number,
            code,
            name,
            str(units[unit]),
            str(positions[position]) if position else None,
            ranks[rank].code if rank else None,
            str(fields[field]),
            str(session.course),
            session.code,
            session.name,
            session.start,
            session.end,
            session.country or None,
            statuses[status],
            *(value or None for value in rest),
        )
