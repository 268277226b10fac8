"""First sheet: the office's header, the year in a sentence, totals, an axis with a chart, of which, the others."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.pagebreak import Break

from reports.figures import UNKNOWN, YearOverYear
from reports.lines import Line
from reports.yearly import YearlyReport
from vpcp_training.paper.pen import CHANGE, COUNT, PERCENT, Pen, new_sheet, set_height

from .texts import counting_rule, place_and_date

_WIDTHS = (6, 44, 10, 10, 13, 12, 10)
_CHART_ROWS = 18
_NOW, _BEFORE = "1A56A8", "B8C4D6"


def add_summary(book: Workbook, report: YearlyReport) -> None:
    """Writes the sheet from top to bottom."""
    _Summary(book, report).write()


class _Summary:
    def __init__(self, book: Workbook, report: YearlyReport):
        self.report = report
        self.sheet = new_sheet(book, _("Summary"), _WIDTHS, "portrait")
        self.pen = Pen(self.sheet)
        self.row = 0

    def write(self) -> None:
        report = self.report
        total = report.total
        self.header()
        self.title()
        totals = [
            (_("Participations"), total.participations, None),
            (_("People"), total.people, None),
            (_("Classes opened"), report.classes, None),
        ]
        self.table(_("1. In all"), _("Figure"), totals)
        (axis, lines), *others = report.lines.items()
        first = self.table(f"2. {axis.title}", str(axis.label), _lines(lines), total=True)
        self.chart(first, len(lines))
        slices = _lines(report.of_which.values())
        self.table(_("3. Of which (not added to the total)"), _("Slice"), slices)
        self.sheet.row_breaks.append(Break(self.row))
        for number, (axis, lines) in enumerate(others, start=4):
            self.table(f"{number}. {axis.title}", str(axis.label), _lines(lines), total=True)
        set_height(self.sheet, self.row + 1, 2)
        self.wide(counting_rule(), italic=True)
        self.signatures()

    def append(self, cells: Sequence = ()) -> None:
        self.sheet.append(cells)
        self.row += 1

    def wide(self, text: str, **look: Any) -> None:
        """A line over the whole width."""
        self.append([self.pen(text, **look)])
        self.sheet.merged_cells.add(f"A{self.row}:G{self.row}")

    def halves(self, left: str, right: str, *, left_look: dict, right_look: dict) -> None:
        """A line of two blocks, each centred."""
        blank = [None]
        self.append([self.pen(left, "center", **left_look), *blank, self.pen(right, "center", **right_look)])
        self.sheet.merged_cells.add(f"A{self.row}:B{self.row}")
        self.sheet.merged_cells.add(f"C{self.row}:G{self.row}")

    def header(self) -> None:
        """The office's name and the national motto, as the decree on documents has them."""
        bold, plain = {"bold": True, "size": 12}, {"size": 12}
        unit = self.report.unit
        office = _("OFFICE OF THE GOVERNMENT")
        motto = _("Independence - Freedom - Happiness")
        self.halves(office, _("SOCIALIST REPUBLIC OF VIET NAM"), left_look=plain if unit else bold, right_look=bold)
        self.halves(str(unit).upper() if unit else "────────", motto, left_look=bold, right_look=bold)
        self.halves("────────" if unit else "", "──────────────────", left_look=plain, right_look=plain)
        today = place_and_date(timezone.localdate())
        self.halves("", today, left_look=plain, right_look={"italic": True, "size": 12})
        self.append()

    def title(self) -> None:
        self.wide(_("REPORT"), align="center", bold=True, size=14)
        subject = _("Results of training of cadres and civil servants in %(year)s") % {"year": self.report.year}
        self.wide(subject, align="center", bold=True, size=13)
        self.append()
        self.wide(f"{self.report.sentence}.", bold=True, size=12)
        self.append()

    def table(self, title: str, subject: str, lines: list[tuple], *, total: bool = False) -> int:
        """A table of (name, figure, people or None); returns the row of its first line."""
        year = self.report.year
        self.wide(title, bold=True, size=12)
        head = [_("No."), subject, str(year), str(year - 1), _("Up or down"), "%"]
        if lines and lines[0][2]:
            head.append(_("People"))
        self.append([self.pen(label, "center", bold=True, box=True, fill=True) for label in head])
        first = self.row + 1
        for number, (name, figure, persons) in enumerate(lines, start=1):
            self.line(number, name, figure, persons)
        if total:
            self.line(None, _("Total"), self.report.total.participations, self.report.total.people, bold=True)
        self.append()
        return first

    def line(
        self, number: int | None, name: str, figure: YearOverYear, people: YearOverYear | None, bold: bool = False
    ) -> None:
        pen = partial(self.pen, bold=bold, box=True)
        percent = figure.percent_label if figure.percent is None else float(figure.percent) / 100
        cells = [
            pen(number, "center"),
            pen(name),
            pen(figure.current, "right", COUNT),
            pen(_or_dash(figure.previous), "right", COUNT),
            pen(_or_dash(figure.change), "right", CHANGE),
            pen(percent, "right", PERCENT),
        ]
        if people:
            cells.append(pen(people.current, "right", COUNT))
        self.append(cells)

    def chart(self, first: int, count: int) -> None:
        """A native bar chart of a table: this year beside the year before, first line on top."""
        chart = BarChart()
        chart.type, chart.gapWidth, chart.overlap = "bar", 60, 0
        last = first + count - 1
        chart.add_data(Reference(self.sheet, 3, first - 1, 4, last), titles_from_data=True)
        chart.set_categories(Reference(self.sheet, 2, first, 2, last))
        for series, colour in zip(chart.series, (_NOW, _BEFORE), strict=True):
            series.graphicalProperties.solidFill = colour
            series.graphicalProperties.line.noFill = True
        chart.x_axis.scaling.orientation = "maxMin"
        chart.x_axis.delete = chart.y_axis.delete = False
        chart.y_axis.crosses = "max"  # the figures below, though the first line is on top
        chart.y_axis.number_format, chart.y_axis.majorGridlines = COUNT, None
        chart.legend.position = "b"
        chart.width, chart.height = 21.5, 9
        self.sheet.add_chart(chart, f"A{self.row + 1}")
        for _row in range(_CHART_ROWS):
            self.append()

    def signatures(self) -> None:
        self.append()
        bold, italic = {"bold": True}, {"italic": True}
        self.halves(_("PREPARED BY"), _("HEAD OF THE UNIT"), left_look=bold, right_look=bold)
        signed, sealed = _("(signature, full name)"), _("(signature, seal, full name)")
        self.halves(signed, sealed, left_look=italic, right_look=italic)


def _lines(lines: Iterable[Line]) -> list[tuple]:
    return [(line.label, line.participations, line.people) for line in lines]


def _or_dash(value: int | None) -> int | str:
    return UNKNOWN if value is None else value
