"""Second sheet: the participations of each unit in each field."""

from django.utils.translation import gettext as _
from openpyxl import Workbook

from reports.yearly import YearlyReport
from vpcp_training.paper.pen import COUNT, Pen, new_sheet, repeat_head, set_height

from .texts import counting_rule, scope_and_year

_HEAD_ROW = 3


def add_matrix(book: Workbook, report: YearlyReport) -> None:
    """Writes the sheet; rows and columns add up to the totals."""
    fields = report.by_field
    sheet = new_sheet(book, _("Units by fields"), [5, 42, *[13] * len(fields), 11], "landscape")
    repeat_head(sheet, _HEAD_ROW, column="C")
    pen = Pen(sheet)
    sheet.append([pen(_("Participations by unit and field"), bold=True, size=14, wrap=False)])
    sheet.append([pen(scope_and_year(report), wrap=False)])
    set_height(sheet, _HEAD_ROW, 3)
    head = [_("No."), _("Unit"), *(field.name for field in fields), _("Total")]
    sheet.append([pen(label, "center", bold=True, box=True, fill=True) for label in head])
    for number, (unit, cells) in enumerate(report.matrix, start=1):
        counts = [*(count for _field, count in cells), unit.participations.current]
        start = [pen(number, "center", box=True), pen(unit.label, box=True)]
        sheet.append(start + [pen(count, "right", COUNT, box=True) for count in counts])
    totals = [*(field.participations.current for field in fields), report.total.participations.current]
    start = [pen(None, box=True), pen(_("Total"), box=True, bold=True)]
    sheet.append(start + [pen(count, "right", COUNT, box=True, bold=True) for count in totals])
    sheet.append([])
    sheet.append([pen(counting_rule(), italic=True, wrap=False)])
