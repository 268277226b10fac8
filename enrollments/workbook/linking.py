"""From rows to records: which record each row describes, what it refers to, and what it changes."""

from django.utils.translation import gettext as _

from vpcp_training.text import clean_text

from .cells import as_text
from .plan import Plan
from .records import Record
from .rows import EMPTY, Cell, Row
from .schema import COURSES, SESSIONS, STAFF, UNITS, Column

CODED = {UNITS: "units", STAFF: "staff", COURSES: "courses", SESSIONS: "sessions"}


def report_cells(plan: Plan) -> None:
    """Reports the cells that could not be read, and empty cells of a key."""
    for sheet, rows in plan.tables.items():
        for row in rows:
            for position, cell in enumerate(row.cells):
                if cell.error:
                    plan.fail(row, sheet.columns[position].attribute, cell.error)
            for column in sheet.keys:
                if row.cell(column.attribute) is EMPTY:
                    plan.fail(row, column.attribute, _("Fill in this cell: it says what the row is about."))


def name_records(plan: Plan) -> None:
    """Finds or adds the record of each row in the sheets whose rows have a code of their own."""
    for sheet, target in CODED.items():
        book = plan.books[target]
        for row in plan.rows(sheet):
            cell = row.cell("code")
            if cell.value is not None:
                describe(plan, row, book.find(cell) or book.add(cell.value, Record(row=row)))
            elif cell.error and not book.find_code(code := clean_text(cell.text)):
                book.add(code, Record(row=row))  # so that references to the wrong code are not wrong once more


def describe(plan: Plan, row: Row, record: Record) -> None:
    """Makes a row the description of a record, unless an earlier row is that already."""
    if record.row is not None and record.row is not row:
        text = _("This row repeats row %(row)d. Keep one of the two.")
        plan.fail(row, row.sheet.keys[0].attribute, text % {"row": record.row.number})
        return
    record.row, row.record = row, record


def link_row(plan: Plan, row: Row) -> None:
    """Finds what the cells of a row refer to, in the file or among what is stored."""
    for column in row.sheet.links:
        value = row.cell(column.attribute).value
        if isinstance(value, tuple):
            _link_units(plan, row, column.attribute)
        elif value is not None:
            _link(plan, row, column)


def _link(plan: Plan, row: Row, column: Column) -> None:
    cell, book = row.cell(column.attribute), plan.books[column.kind.target]
    record = book.find(cell)
    if record is None and column.kind.is_open:
        record = book.add(cell.value, Record())
    if record is None:
        plan.fail(row, column.attribute, plan.nearest.unknown(book, cell.value))
        return
    row.links[column.attribute] = record
    _depend(plan, row, record)


def _link_units(plan: Plan, row: Row, attribute: str) -> None:
    """The predecessors of a unit, a list of codes."""
    book, found = plan.books["units"], []
    cell = row.cell(attribute)
    for code in cell.value:
        record = book.find(Cell(cell.raw, code))
        if record is None:
            plan.fail(row, attribute, plan.nearest.unknown(book, code))
        elif record is row.record:
            plan.fail(row, attribute, _("A unit cannot be its own predecessor."))
        else:
            found.append(record)
            _depend(plan, row, record)
    row.links[attribute] = found


def check_row(plan: Plan, row: Row) -> None:
    """Reports what a new record lacks and dates in the wrong order; notes what changes of a stored one."""
    record, sheet = row.record, row.sheet
    if record is None:
        return
    if record.is_new:
        for column in sheet.required:
            if row.cell(column.attribute) is EMPTY:
                plan.fail(row, column.attribute, _("Fill in this cell: a new record needs it."))
    else:
        row.changes = tuple(column.attribute for column in sheet.columns if _changes(plan, row, column))
    if sheet.period:
        _check_period(plan, row, *sheet.period)


def _depend(plan: Plan, row: Row, record: Record) -> None:
    record.users.append(row)
    if not record.is_live:
        plan.hold(row)


def _changes(plan: Plan, row: Row, column: Column) -> bool:
    attribute, value = column.attribute, row.cell(column.attribute).value
    if value is None or column.key or not column.stored:
        return False
    instance, linked = row.record.instance, row.links.get(attribute)
    if isinstance(linked, list):
        return {record.pk for record in linked} != plan.predecessors.get(instance.pk, set())
    if linked is not None:
        return linked.is_new or linked.pk != getattr(instance, f"{attribute}_id")
    return column.kind.target is None and getattr(instance, attribute) != value


def _check_period(plan: Plan, row: Row, first: str, second: str, message: str) -> None:
    given = row.cell(first), row.cell(second)
    if any(cell.error for cell in given) or all(cell is EMPTY for cell in given):
        return
    instance = row.record.instance
    start, end = (
        getattr(instance, attribute, None) if cell is EMPTY else cell.value
        for attribute, cell in zip((first, second), given, strict=True)
    )
    if start and end and end < start:
        plan.fail(row, second, message % {"day": as_text(start)})
