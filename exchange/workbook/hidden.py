"""What Excel hides although it holds data: it is imported, and told of."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..files.reading import WorkbookReader
from .report import Problem
from .rows import Row
from .schema import Sheet


def hidden_data(reader: WorkbookReader, name: str, sheet: Sheet, rows: list[Row]) -> Iterator[Problem]:
    """What to tell of a sheet that was read: that it is hidden itself, and where its hidden rows begin."""
    if rows and name in reader.hidden_sheets:
        text = _("This sheet is hidden, and its data are imported as well. Show it in Excel and look through it.")
        yield Problem(sheet.name, None, None, None, text)
    hidden = [row.number for row in rows if row.number in reader.hidden_rows[name]]
    if hidden:
        text = ngettext(
            "%(count)d hidden row holds data and is imported as well. Show it in Excel and look at it.",
            "%(count)d hidden rows, from here on, hold data and are imported as well. Show them in Excel and look.",
            len(hidden),
        )
        yield Problem(sheet.name, hidden[0], None, None, text % {"count": len(hidden)})
