"""The demonstration year books against the totals published beside them."""

import json
from io import StringIO

from django.core.management import call_command

from reports.yearly import yearly_report

from .demo import EXPECTED, DemoTestCase


def report_json(year, **options) -> dict:
    out = StringIO()
    call_command("yearly_report", str(year), format="json", stdout=out, stderr=StringIO(), **options)
    return json.loads(out.getvalue())


def participations(lines: list[dict]) -> dict[str, int]:
    return {line["code"]: line["participations"] for line in lines}


class TestDemonstration(DemoTestCase):
    def test_totals_fields_units_and_slices_are_the_expected_ones(self):
        for year, expected in EXPECTED.items():
            report = report_json(year)
            assert report["participations"] == expected["participations"]
            assert report["people"] == expected["people"]
            assert participations(report["by_field"]) == expected["by_field"]
            assert participations(report["by_unit"]) == expected["by_unit"]
            assert report["of_which"] == {name: expected[name] for name in report["of_which"]}

    def test_2012_is_153_more_than_2011(self):
        report = report_json(2012)
        assert report["previous_year"] == 2011
        assert (report["previous"], report["change"], report["change_percent"]) == (2710, 153, 5.65)
        assert yearly_report(2012).sentence == "Năm 2012: 2.863 lượt, tăng 153 lượt (+5,65\u00a0%) so với năm 2011"

    def test_changes_of_fields_and_units_are_against_2011(self):
        report = report_json(2012)
        for key in ("by_field", "by_unit"):
            assert {line["code"]: line["previous"] for line in report[key]} == EXPECTED["2011"][key]
            assert all(line["change"] == line["participations"] - line["previous"] for line in report[key])

    def test_2011_has_no_year_before(self):
        report = report_json(2011)
        assert [report[key] for key in ("previous_year", "previous", "change", "change_percent")] == [None] * 4
        assert {(line["previous"], line["change"]) for line in report["by_field"] + report["by_unit"]} == {(None, None)}

    def test_every_unit_down_to_divisions_has_the_direct_figures_expected(self):
        for year, expected in EXPECTED.items():
            for code, direct in expected["by_unit_direct"].items():
                report = report_json(year, unit=code)
                own = report["by_unit"][-1]
                assert (own["code"], own["participations"]) == (code, direct)
                assert sum(line["participations"] for line in report["by_unit"]) == report["participations"]

    def test_units_by_fields_add_up_to_both(self):
        report = yearly_report(2012)
        for unit, cells in report.matrix:
            assert sum(count for _field, count in cells) == unit.participations.current
        for position, field in enumerate(report.by_field):
            assert sum(cells[position][1] for _unit, cells in report.matrix) == field.participations.current
        assert sum(report.cells.values()) == 2863

    def test_a_report_takes_seven_queries_whatever_its_size(self):
        with self.assertNumQueries(7):
            yearly_report(2012)
        with self.assertNumQueries(7):
            yearly_report(2012, user=self.users["leader"])
