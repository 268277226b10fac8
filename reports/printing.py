"""The yearly report as the JSON of the command, and as plain text."""

from django.utils.translation import gettext as _

from vpcp_training.figures import grouped

from .lines import Line
from .yearly import YearlyReport


def as_dict(report: YearlyReport) -> dict:
    """The JSON other programs read; its keys are a contract."""
    total = report.total.participations
    return {
        "year": report.year,
        "participations": total.current,
        "people": report.total.people.current,
        "previous_year": report.year - 1 if report.has_previous else None,
        "previous": total.previous,
        "change": total.change,
        "change_percent": None if total.percent is None else float(total.percent),
        **{f"by_{axis.key}": [_entry(line) for line in lines] for axis, lines in report.lines.items()},
        "of_which": {name: line.participations.current for name, line in report.of_which.items()},
    }


def _entry(line: Line) -> dict:
    figure = line.participations
    return {
        "code": line.code,
        "name": line.name,
        "participations": figure.current,
        "people": line.people.current,
        "previous": figure.previous,
        "change": figure.change,
    }


def as_text(report: YearlyReport) -> str:
    """For reading in a terminal."""
    scope = f"{report.unit.name} ({report.unit.code})\n" if report.unit else ""
    people = _("%(people)s people, %(classes)s classes") % {
        "people": report.total.people.current_label,
        "classes": report.classes.current_label,
    }
    return "\n\n".join(
        [
            f"{scope}{report.sentence}\n{people}",
            *(_table(report, str(axis.title), [*lines, report.total]) for axis, lines in report.lines.items()),
            _table(report, _("Of which"), list(report.of_which.values())),
        ]
    )


def _table(report: YearlyReport, title: str, lines: list[Line]) -> str:
    head = (title, report.year, report.year - 1, _("Up or down"), "%", _("People"))
    rows = [tuple(str(cell) for cell in head), *(_cells(line) for line in lines)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    return "\n".join(_row(row, widths) for row in rows)


def _row(cells: tuple[str, ...], widths: list[int]) -> str:
    name, *figures = (cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
    return "  ".join([name.strip().ljust(widths[0]), *figures])


def _cells(line: Line) -> tuple[str, ...]:
    figure = line.participations
    labels = (figure.current_label, figure.previous_label, figure.change_label, figure.percent_label)
    return (line.label, *labels, grouped(line.people.current))
