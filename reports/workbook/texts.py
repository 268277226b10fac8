"""Texts the sheets of the report's workbook share."""

import datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from reports.yearly import YearlyReport


def counting_rule() -> str:
    """The counting rule in one sentence, as it stands under every table on screen."""
    return render_to_string("reports/counting_rule.txt").strip()


def scope_and_year(report: YearlyReport) -> str:
    """Whose figures of which year: "Cục Quản trị, năm 2012"."""
    return _("%(scope)s, year %(year)s") % {"scope": report.scope_name, "year": report.year}


def place_and_date(day: datetime.date) -> str:
    """The line under the motto: days below 10 and months below 3 with a zero, as the decree has it."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return _("Ha Noi, %(day)s/%(month)s/%(year)s") % {"day": f"{day.day:02}", "month": month, "year": day.year}
