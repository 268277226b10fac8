"""New words of the open lists that records keep themselves are spelled as those in use."""

from vpcp_training.spelling import Spelling, words_in_use

from .kinds import Word
from .plan import Plan
from .schema import ENROLLMENTS, SHEETS, Column, Sheet


def spell_words(plan: Plan) -> None:
    """Gives the cells the spelling in use, of what is stored and then of the file, where they are the same letters.

    Reads the words in use. Leaves the values of the cells.
    """
    for sheet in SHEETS:
        for column in sheet.columns:
            if isinstance(column.kind, Word):
                _spell(plan, sheet, column)


def _spell(plan: Plan, sheet: Sheet, column: Column) -> None:
    position = sheet.positions[column.attribute]
    cells = [cell for cell in dict.fromkeys(row.cells[position] for row in plan.rows(sheet)) if cell.value is not None]
    if not cells:
        return
    # Results are too many to be asked for: of them the file alone is looked at.
    stored = sheet.model._default_manager.all()
    spelling = Spelling(() if sheet is ENROLLMENTS else words_in_use(stored, column.attribute))
    for cell in cells:
        cell.value = spelling.of(cell.value)
