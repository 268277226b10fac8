"""The four ways to get a figure agree: screen, list of rows, command, Excel; for every field and every unit."""

import json
import re
from collections import Counter
from io import BytesIO, StringIO

from django.core.management import call_command
from openpyxl import load_workbook

from courses.models import Field
from enrollments.models import Enrollment
from personnel.models import Unit
from reports.figures import YearOverYear, sentence
from vpcp_training.figures import grouped

from .demo import EXPECTED, DemoTestCase

FIGURE = re.compile(
    r'<a href="(/(?:enrollments|courses/sessions|reports/untrained)/[^"]*year=[^"]*)">(?:<b>)?([\d.]+)<'
)
CHANGE = re.compile(r'<a href="([^"]*before=1[^"]*)">(.*?)</a>', re.DOTALL)
UNDER_UNIT = {"": 20, "QT": 4, "QT-XE": 1}


class TestFourWays(DemoTestCase):
    def figures(self, address: str) -> set[tuple[str, int]]:
        """The figures a page links, each with the address of its rows."""
        text = self.client.get(address).content.decode()
        found = ((href.replace("&amp;", "&"), shown) for href, shown in FIGURE.findall(text) if "before=1" not in href)
        return {(href, int(shown.replace(".", ""))) for href, shown in found}

    def changes(self, address: str) -> set[tuple[str, str]]:
        """The changes and percentages a page links, each with the address of the rows of both years."""
        text = self.client.get(address).content.decode()
        found = {
            (href.replace("&amp;", "&"), re.sub("<[^>]+>|\\s+", " ", shown)) for href, shown in CHANGE.findall(text)
        }
        return {(href, " ".join(shown.split())) for href, shown in found}

    def said_of(self, address: str) -> set[str]:
        """The change and the percentage of the rows an address lists, as a report says them."""
        compared = self.client.get(address, headers={"HX-Request": "true"}).context["view"].compared()
        figure = YearOverYear(*compared)
        arrow = {"up": "▲ tăng ", "down": "▼ giảm ", "same": ""}[figure.direction]
        change = f"{arrow}{grouped(abs(figure.change))}"
        return {change, " ".join(figure.percent_label.split()), " ".join(sentence(2012, figure).split())}

    def listed(self, address: str) -> int:
        """How many rows the list of an address has."""
        response = self.client.get(address, headers={"HX-Request": "true"})  # the rows without the page around them
        assert response.status_code == 200, address
        return response.context["table"].paginator.count

    def rows_of(self, **filters: str) -> int:
        query = "&".join(f"{name}={value}" for name, value in filters.items())
        return self.listed(f"/enrollments/?status=counted&{query}")

    def report_json(self, year: str, unit: str | None = None) -> dict:
        out = StringIO()
        call_command("yearly_report", year, unit=unit, format="json", stdout=out)
        return json.loads(out.getvalue())

    def book(self, year: str, unit: str = ""):
        response = self.client.get(f"/reports/yearly/excel/?year={year}&unit={unit}")
        return load_workbook(BytesIO(b"".join(response.streaming_content)))

    def test_every_figure_on_screen_leads_to_as_many_rows(self):
        figures = self.figures("/?year=2012") | self.figures("/reports/yearly/?year=2012")
        assert len(figures) > 250
        assert [(href, shown) for href, shown in figures if self.listed(href) != shown] == []

    def test_every_figure_a_leader_sees_leads_to_as_many_rows(self):
        self.sign_in("leader")
        figures = self.figures("/?year=2012") | self.figures("/reports/yearly/?year=2012")
        assert len(figures) > 80
        assert [(href, shown) for href, shown in figures if self.listed(href) != shown] == []

    def test_every_change_leads_to_the_rows_of_both_years_between_which_it_is(self):
        for user, least in (("hr", 60), ("leader", 25)):
            self.sign_in(user)
            changes = self.changes("/?year=2012") | self.changes("/reports/yearly/?year=2012")
            assert len(changes) > least
            assert [(href, shown) for href, shown in changes if shown not in self.said_of(href)] == []

    def test_command_list_and_rows_agree_for_every_field_and_unit(self):
        for year, expected in EXPECTED.items():
            report = self.report_json(year)
            assert report["participations"] == expected["participations"] == self.rows_of(year=year)
            for line in report["by_field"]:
                assert line["participations"] == self.rows_of(year=year, field=line["code"])
            for line in report["by_unit"]:
                assert line["participations"] == self.rows_of(year=year, unit=line["code"])
            for name, count in report["of_which"].items():
                assert count == self.rows_of(year=year, slice=name)

    def test_excel_and_command_agree_for_every_field_and_unit(self):
        for unit, lines in UNDER_UNIT.items():
            report, book = self.report_json("2012", unit or None), self.book("2012", unit)
            summary, matrix = book.worksheets[:2]
            written = {row[1].value: [cell.value for cell in row[2:7]] for row in summary.iter_rows()}
            assert len(report["by_unit"]) == lines
            for line in report["by_field"] + report["by_unit"]:
                name = line["name"] if line["code"] != unit else f"{line['name']} (trực tiếp)"
                figures = [line[key] for key in ("participations", "previous", "change", "people")]
                assert [written[name][i] for i in (0, 1, 2, 4)] == figures
            assert matrix.cell(matrix.max_row - 2, matrix.max_column).value == report["participations"]

    def test_units_by_fields_are_the_rows_of_the_list_sheet(self):
        _summary, matrix, listing = self.book("2012").worksheets
        head = [cell.value for cell in matrix[3]]
        written = {
            (row[1].value, field): row[position].value
            for row in matrix.iter_rows(min_row=4, max_row=matrix.max_row - 3)
            for position, field in enumerate(head[2:-1], start=2)
        }
        top = {
            str(unit): str(unit.parent) if unit.parent.parent else str(unit)
            for unit in Unit.objects.exclude(parent=None)
        }
        listed = Counter((top[row[3].value], row[6].value) for row in listing.iter_rows(min_row=5))
        assert len(written) == 20 * Field.objects.count()
        assert {key: count for key, count in written.items() if count} == dict(listed)
        assert sum(listed.values()) == listing.max_row - 4 == 2863

    def test_a_new_participation_moves_all_of_them_by_one(self):
        enrollment = Enrollment.objects.filter(year=2012, status="proposed").first()
        Enrollment.objects.filter(pk=enrollment.pk).update(status="sent", unit=Unit.objects.get(code="QT"))
        assert self.report_json("2012")["participations"] == 2864
        assert self.rows_of(year="2012") == 2864
        assert "Năm 2012: 2.864 lượt, tăng 154 lượt" in self.client.get("/").content.decode()
        assert self.book("2012").worksheets[2].max_row == 4 + 2864
