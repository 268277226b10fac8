"""New words of the open lists that records keep themselves are spelled as those in use."""

from collections.abc import Iterable

from vpcp_training.text import letters_key

from .kinds import Word
from .plan import Plan
from .schema import ENROLLMENTS, SHEETS, Column, Sheet


def spell_words(plan: Plan) -> None:
    """Gives the cells the spelling in use, of what is stored and then of the file, where they are the same letters."""
    for sheet in SHEETS:
        for column in sheet.columns:
            if isinstance(column.kind, Word):
                _spell(plan, sheet, column)


def _spell(plan: Plan, sheet: Sheet, column: Column) -> None:
    position = sheet.positions[column.attribute]
    cells = dict.fromkeys(row.cells[position] for row in plan.rows(sheet))
    cells = [cell for cell in cells if cell.value is not None]
    if not cells:
        return
    in_use = dict.fromkeys(_in_use(sheet, column))
    spelled = {}
    for word in in_use:
        spelled.setdefault(letters_key(word), word)
    for cell in cells:
        if cell.value not in in_use:
            cell.value = spelled.setdefault(letters_key(cell.value), cell.value)


def _in_use(sheet: Sheet, column: Column) -> Iterable[str]:
    """The words stored; results are too many to be asked for, of them the file alone is looked at."""
    if sheet is ENROLLMENTS:
        return ()
    words = sheet.model.objects.order_by(column.attribute).values_list(column.attribute, flat=True)
    return words.distinct().exclude(**{column.attribute: ""})
