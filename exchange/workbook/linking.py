"""From rows to records: which record each row describes, what it refers to, and what it changes."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vpcp_training.fields import foreign_letters
from vpcp_training.text import clean_text

from ..files.values import as_text
from .messages import Message
from .plan import Plan
from .records import RecordIndex
from .rows import EMPTY, UNKNOWN, Cell, Record, Row
from .schema import COURSES, SESSIONS, SHEETS, STAFF, UNITS, Column, Sheet

CODED = {UNITS: "units", STAFF: "staff", COURSES: "courses", SESSIONS: "sessions"}


def report_cells(plan: Plan) -> None:
    """Reports the cells that could not be read, and empty cells of a key. Reads the cells. Leaves errors."""
    for sheet, rows in plan.tables.items():
        for row in rows:
            for position, cell in enumerate(row.cells):
                if cell.error:
                    plan.fail(row, sheet.columns[position].attribute, cell.error)
            for column in sheet.keys:
                if row.cell(column.attribute) is EMPTY:
                    plan.fail(row, column.attribute, _("Fill in this cell: it says what the row is about."))


def name_records(plan: Plan) -> None:
    """Finds or adds the record of each row in the sheets whose rows have a code of their own.

    Reads the codes and the indexes. Leaves `row.record`, and new records in the indexes.
    """
    for sheet, target in CODED.items():
        index = plan.indexes[target]
        for row in plan.rows(sheet):
            cell = row.cell("code")
            if cell.value is not None:
                describe(plan, row, index.find(cell) or _new_record(plan, index, row, cell))
            elif cell.error and not index.find_code(code := clean_text(cell.text)):
                index.add(code, Record(row=row))  # so that references to the wrong code are not wrong once more


def _new_record(plan: Plan, index: RecordIndex, row: Row, cell: Cell) -> Record:
    """Takes in a record; an old code in another script still means its record, a new one is refused."""
    if problem := foreign_letters(cell.value):
        plan.fail(row, "code", problem)
    if twin := index.twin(cell):
        plan.fail(row, "code", _repeats(twin))
    return index.add(cell.value, Record(row=row))


def describe(plan: Plan, row: Row, record: Record) -> None:
    """Makes a row the description of a record, unless an earlier row is that already."""
    if record.row is not None and record.row is not row:
        plan.fail(row, row.sheet.keys[0].attribute, _repeats(record.row))
        return
    record.row, row.record = row, record


def _repeats(earlier: Row) -> Message:
    return Message(_("This row repeats row %(row)d. Keep one of the two."), {"row": earlier.number})


def link_rows(plan: Plan) -> None:
    """Finds what the cells of the rows refer to, in the file or among what is stored.

    Reads the codes and names in the cells, and the indexes. Leaves `row.links`, new names of open lists in the indexes,
    and at new records the rows that wait with them.
    """
    for sheet in SHEETS:
        _link_rows(plan, sheet)


def _link_rows(plan: Plan, sheet: Sheet) -> None:
    columns: list[tuple[int, Column, dict[Cell, Record]]]
    columns = [(sheet.positions[column.attribute], column, {}) for column in sheet.links]
    for row in plan.rows(sheet):
        for position, column, found in columns:
            cell = row.cells[position]
            if cell.value is None:
                continue
            if isinstance(cell.value, tuple):
                _link_units(plan, row, column.attribute)
                continue
            record = found.get(cell) or _find(plan, column, cell)
            if record is None:
                plan.fail(row, column.attribute, plan.nearest.unknown(plan.indexes[column.kind.target], cell.value))
                continue
            found[cell] = row.links[column.attribute] = record
            _depend(plan, row, record)


def _find(plan: Plan, column: Column, cell: Cell) -> Record | None:
    index = plan.indexes[column.kind.target]
    record = index.find(cell)
    if record is None and column.kind.is_open:
        record = index.add(cell.value, Record())
    return record


def _link_units(plan: Plan, row: Row, attribute: str) -> None:
    """The predecessors of a unit, a list of codes."""
    index, found = plan.indexes["units"], []
    cell = row.cell(attribute)
    for code in cell.value:
        record = index.find(Cell(cell.raw, code))
        if record is None:
            plan.fail(row, attribute, plan.nearest.unknown(index, code))
        elif record is row.record:
            plan.fail(row, attribute, _("A unit cannot be its own predecessor."))
        elif record not in found:
            found.append(record)
            _depend(plan, row, record)
    row.links[attribute] = found


def check_rows(plan: Plan, sheet: Sheet) -> None:
    """Reports what new records lack and dates in the wrong order; notes what changes of stored ones.

    Reads `row.record` and `row.links`. Leaves errors and `row.changes`.
    """
    required = [(sheet.positions[column.attribute], column.attribute) for column in sheet.required]
    for row in plan.rows(sheet):
        if row.record is UNKNOWN:
            continue
        if row.record.is_new:
            for position, attribute in required:
                if row.cells[position] is EMPTY:
                    plan.fail(row, attribute, _("Fill in this cell: a new record needs it."))
        else:
            row.changes = tuple(column.attribute for column in sheet.columns if _changes(plan, row, column))
        if sheet.period:
            _check_period(plan, row, *sheet.period)


def _depend(plan: Plan, row: Row, record: Record) -> None:
    if record.is_new and record.row is not None:
        record.users.append(row)
        if not record.row.is_good:
            plan.hold(row)


def _changes(plan: Plan, row: Row, column: Column) -> bool:
    attribute, value = column.attribute, row.cell(column.attribute).value
    if value is None or column.key or not column.stored:
        return False
    stored, linked = row.record.stored, row.links.get(attribute)
    if isinstance(linked, list):
        return {record.pk for record in linked} != plan.predecessors.get(stored.pk, set())
    if linked is not None:
        return linked.is_new or linked.pk != getattr(stored, f"{attribute}_id")
    return not column.kind.target and not column.kind.same(getattr(stored, attribute), value)


def _check_period(plan: Plan, row: Row, first: str, second: str, text: str | Promise) -> None:
    given = row.cell(first), row.cell(second)
    if any(cell.error for cell in given) or all(cell is EMPTY for cell in given):
        return
    stored = row.record.stored
    start, end = (
        getattr(stored, attribute, None) if cell is EMPTY else cell.value
        for attribute, cell in zip((first, second), given, strict=True)
    )
    if start and end and end < start:
        plan.fail(row, second, Message(text, {"day": as_text(start)}))
