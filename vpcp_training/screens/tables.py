"""Tables of list pages.

    class StaffTable(ListTable):
        full_name = tables.Column(linkify=True, order_by=("sort_key", "birth_date"))
        participations = CountColumn(verbose_name=_("Participations"))

        class Meta(ListTable.Meta):
            model = Staff
            fields = ("full_name", "code", "birth_date")
            order_by = "full_name"

Cells of the Excel export are the raw values (dates as dates, counts as numbers); `value_<column>` says another one,
`exclude_from_export=True` leaves a column out of it, `excel_width` on a column widens it, `only_in_excel(…)` makes a
column that the screen has no room for.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from html import unescape
from inspect import signature
from typing import Any

import django_tables2 as tables
from django.db import models
from django.db.models.expressions import Combinable
from django.http import HttpRequest
from django.template import Context
from django.template.base import render_value_in_context
from django.utils.formats import date_format
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tables2.columns import BoundColumn, library
from django_tables2.rows import BoundRow

from ..figures import grouped
from ..paper.excel import Column, PlainNumber
from ..partial_dates import PartialDateField

ONE_LINE = {"td": {"class": "one-line"}}
NUMERIC = {"th": {"class": "n"}, "td": {"class": "n"}}
# Columns that change nothing but the writing of a value: Excel gets the value itself.
_RAW_IN_EXCEL = (tables.Column.value, tables.DateColumn.value, tables.DateTimeColumn.value, tables.BooleanColumn.value)
DEFAULT_WIDTH, DATE_WIDTH = 16, 12


class NumberColumn(tables.Column):
    """STT: the number of the row in the whole list."""

    def __init__(self):
        super().__init__(
            verbose_name=gettext_lazy("No."),
            empty_values=(),
            orderable=False,
            attrs={"th": {"class": "n row-number"}, "td": {"class": "n row-number"}},
        )

    def render(self, bound_row, table):
        return table.first_number + bound_row.row_counter

    def value(self, bound_row, table):
        return self.render(bound_row, table)


class CountColumn(tables.Column):
    """A count: grouped, to the right."""

    def __init__(self, **kwargs):
        super().__init__(**{"attrs": NUMERIC, **kwargs})

    def render(self, value):
        return grouped(value)

    def value(self, value):
        return value


@library.register
class DayColumn(tables.DateColumn):
    """A date, written without a template a cell."""

    empty_values = tables.Column.empty_values

    def render(self, value):
        return date_format(value, "SHORT_DATE_FORMAT")


@library.register
class PartialDateColumn(DayColumn):
    """A date as far as it is known."""

    def render(self, value):
        return value.shown

    @classmethod
    def from_field(cls, field, **kwargs):
        return cls(**kwargs) if isinstance(field, PartialDateField) else None


class LineColumn(tables.Column):
    """A text that may be long: cut off on the screen to keep its row on one line, whole in the title of its cell."""

    excel_width = 32

    def __init__(self, *args, roomy: bool = False, **kwargs):
        cell = {"class": "clip roomy" if roomy else "clip", "title": self.title}
        super().__init__(*args, **{"attrs": {"td": cell}, **kwargs})

    @staticmethod
    def title(value, record, table, bound_column) -> str | None:
        """What the cell says in full; `title_<column>` of the table says another."""
        if words := getattr(table, f"title_{bound_column.name}", None):
            return words(record)
        # A cell that is written as HTML has its words between the tags; a title is text.
        return (unescape(strip_tags(value)) if isinstance(value, SafeData) else str(value)) if value else None


def only_in_excel(label, column_class=tables.Column, **kwargs) -> tables.Column:
    """A column of the Excel file that the screen has no room for."""
    column = column_class(verbose_name=label, orderable=False, **kwargs)
    column.only_in_excel = True
    return column


class ListTable(tables.Table):
    """A table of a `ListPage`: numbered rows, stable order, columns that know their Excel value."""

    number = NumberColumn()
    usual_order = ""  # in words, where the rows come in the order of no column

    class Meta:
        attrs = {"class": "t t-cards"}
        order_by_field = "sort"
        sequence = ("number", "...")

    @property
    def first_number(self) -> int:
        """The number of the first row shown."""
        return self.page.start_index() if hasattr(self, "page") else 1

    def sort_by(self, sort: str, nearness: Combinable | None = None) -> None:
        """Order the rows by a column's name ("-" before it for descending).

        Without one, or with an unknown one, in the usual order; those of a search the nearest first. The record's id
        comes last, so that no row is on two pages.
        """
        chosen = sort.lstrip("-") in self.columns.names() and self.columns[sort.lstrip("-")].orderable
        if chosen:
            self.order_by = sort
        rows = self.data.data
        keys = [*(rows.query.order_by or rows.model._meta.ordering), "pk"]
        if nearness and not chosen:
            keys, self.order_by, self.usual_order = [nearness, *keys], (), _("nearest to what was searched first")
        self.data.data = rows.order_by(*keys)

    def before_render(self, request: HttpRequest) -> None:
        """Leave out of the page what only Excel has."""
        for column in list(self.columns):
            if getattr(column.column, "only_in_excel", False):
                self.columns.hide(column.name)

    @property
    def sorted_by(self) -> str:
        """The heading of the column the rows are in order of."""
        return next((str(column.header) for column in self.columns if column.is_ordered), "")

    def screen_rows(self) -> Iterator[SafeString]:
        """Each row of the page as HTML."""
        cells = [ScreenCell(self, column) for column in self.columns]
        for row in self.paginated_rows:
            yield mark_safe(f"<tr {row.attrs.as_html()}>{''.join([cell.html_in(row) for cell in cells])}</tr>")

    def excel_columns(self) -> list[Column]:
        """The columns shown, as columns of a sheet."""
        return [Column(str(column.header), self._width(column)) for column in self._exported()]

    def excel_rows(self) -> Iterator[list]:
        """Each row's values, read from the database piece by piece."""
        cells = [ExcelCell(self, column) for column in self._exported()]
        records: Iterable = self.data.data.iterator(chunk_size=2000)
        for record in records:
            row = BoundRow(record, self)
            yield [cell.value_in(row) for cell in cells]

    def _exported(self) -> list:
        return [column for column in self.columns if column.visible and not column.column.exclude_from_export]

    def _width(self, column) -> int:
        if hasattr(column.column, "excel_width"):
            return column.column.excel_width
        if isinstance(column.column, NumberColumn):
            return 6
        width = DATE_WIDTH if isinstance(column.column, tables.DateColumn) else DEFAULT_WIDTH
        return max(width, len(column.header) + 2)


class _Cell:
    """The cells of a column. How to get what they hold is found out once a column, not once a cell."""

    def __init__(self, table: ListTable, bound: BoundColumn):
        self._table, self._bound, self._column = table, bound, bound.column
        *self._path, self._name = bound.accessor.bits

    def _raw(self, record: models.Model) -> Any:
        """What the record has there; of a field with choices the words."""
        for step in self._path:
            record = getattr(record, step, None)
        value = getattr(record, _words_of(type(record), self._name) or self._name, None)
        return value() if callable(value) else value

    def _given(self, row: BoundRow, value: Any) -> dict[str, Any]:
        """What a method of the table or the column may ask for."""
        return {
            "value": value,
            "record": row.record,
            "column": self._column,
            "bound_column": self._bound,
            "bound_row": row,
            "table": self._table,
        }


class ScreenCell(_Cell):
    """What a column's cells are on the page: as django-tables2 has them, which asks all of it again for each."""

    def __init__(self, table: ListTable, bound: BoundColumn):
        super().__init__(table, bound)
        self._render = _asking(bound.render)
        attributes = {**table.attrs, **bound.column.attrs}
        own = attributes.get("td", attributes.get("cell", {}))
        own = {**own, "class": bound.get_td_class(own)}
        self._attributes = [(name, _asking(value) if callable(value) else value) for name, value in own.items()]
        asks = any(map(callable, own.values()))
        self._plain = None if asks else self._attributes_with({})
        self._label = escape(bound.header)
        self._context = Context()

    def html_in(self, row: BoundRow) -> str:
        """The cell of one row."""
        content = self._content(row)
        attributes = self._attributes_with(self._given(row, content)) if self._plain is None else self._plain
        html = content if isinstance(content, SafeData) else render_value_in_context(content, self._context)
        return f'<td {attributes} data-label="{self._label}">{html}</td>'

    def _attributes_with(self, given: dict[str, Any]) -> str:
        computed = ((name, value(given) if callable(value) else value) for name, value in self._attributes)
        return " ".join([f'{name}="{escape(value)}"' for name, value in computed if value is not None])

    def _content(self, row: BoundRow) -> Any:
        if isinstance(self._column, tables.ManyToManyColumn):
            return row.get_cell(self._bound.name)
        value = self._raw(row.record)
        if value in self._column.empty_values:
            return self._bound.default
        given = self._given(row, value)
        content = self._render(given)
        return self._bound.link(content, **given) if self._bound.link else content


class ExcelCell(_Cell):
    """What a column's cells hold in Excel."""

    def __init__(self, table: ListTable, bound: BoundColumn):
        super().__init__(table, bound)
        self._is_count = isinstance(bound.column, CountColumn)
        plain = type(bound.column).value in _RAW_IN_EXCEL and not hasattr(table, f"value_{bound.name}")
        self._value = None if plain else _asking(bound.value)

    def value_in(self, row: BoundRow) -> Any:
        """The value of one row; None leaves the cell empty."""
        value = self._raw(row.record)
        if value in self._column.empty_values:
            return None
        if self._value:
            value = self._value(self._given(row, value))
        if isinstance(value, bool):
            return _("yes") if value else ""
        return PlainNumber(value) if isinstance(value, int) and not self._is_count else value


def _asking(method: Callable) -> Callable[[dict[str, Any]], Any]:
    """A method of a table or a column, to be called with all it may ask for."""
    parameters = signature(method).parameters
    if any(each.kind is each.VAR_KEYWORD for each in parameters.values()):
        return lambda given: method(**given)
    names = [*parameters]
    return lambda given: method(**{name: given[name] for name in names})


@cache
def _words_of(kind: type, name: str) -> str | None:
    """The method that says the choice of a model's field in words, if it has choices."""
    fields = kind._meta.fields if issubclass(kind, models.Model) else []
    return next((f"get_{name}_display" for field in fields if field.name == name and field.choices), None)
