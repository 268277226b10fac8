"""A report along another axis is one object: one by rank, which the site has not, is counted, linked and written."""

import re
from functools import partial

import pytest
from django_filters import ChoiceFilter
from openpyxl import load_workbook

from enrollments.axes import AXES, Axis, AxisLine
from enrollments.filters import EnrollmentFilter, PeopleFilter
from enrollments.views.enrollments import EnrollmentList, PeopleList
from personnel.models import Rank
from reports import pages
from reports.printing import as_dict, as_text
from reports.workbook import write_workbook
from reports.yearly import yearly_report
from tests.builders import RankBuilder, StaffBuilder

from .conftest import send

NO_RANK = "Không có ngạch"


class RankAxis(Axis):
    """Ranks, and last what is recorded without one."""

    def lines(self, *scope):
        return [*super().lines(*scope), AxisLine(None, "", NO_RANK, {"rankless": "1"}, always=False)]

    def filters(self):
        rankless = ChoiceFilter(
            choices=[("1", "có")], method=lambda rows, *_asked: rows.filter(rank=None), label=NO_RANK
        )
        return {**super().filters(), "rankless": rankless}


RANK = RankAxis("rank", "Ngạch", "Theo ngạch", Rank.objects.all())
BY_RANK = (*AXES, RANK)


class EnrollmentsByRank(EnrollmentFilter):
    axes = BY_RANK


class PeopleByRank(PeopleFilter):
    axes = BY_RANK


@pytest.fixture
def office(office):
    """In 2012 also two participations of a specialist in chief, one of 2011, and one of somebody without a rank."""
    chief = StaffBuilder(posting__unit=office.other, posting__rank=RankBuilder(code="01.001"))
    for year in (2011, 2012, 2012):
        send(chief, year)
    send(StaffBuilder(posting__unit=office.bureau, posting__rank=None), 2012)
    return office


@pytest.fixture
def shown_by_rank(monkeypatch):
    """What the site would be with the axis among `AXES`."""
    monkeypatch.setattr(pages, "yearly_report", partial(yearly_report, axes=BY_RANK))
    monkeypatch.setattr(EnrollmentList, "filterset_class", EnrollmentsByRank)
    monkeypatch.setattr(PeopleList, "filterset_class", PeopleByRank)


def figures_of(report) -> dict[str, tuple]:
    """Participations, people and the participations of the year before by rank; those without any left out."""
    lines = {line.code: (line.participations, line.people) for line in report.lines[RANK]}
    found = {code: (now.current, people.current, now.previous) for code, (now, people) in lines.items()}
    return {code: figures for code, figures in found.items() if any(figures)}


def test_its_lines_are_counted_and_add_up(office):
    report = yearly_report(2012, axes=BY_RANK)
    assert figures_of(report) == {"01.001": (2, 1, 1), "01.003": (3, 3, 2), "": (1, 1, 0)}
    assert [line.code for line in report.lines[RANK]] == ["01.001", "01.002", "01.003", "01.004", "01.005", ""]
    assert report.total.participations.current == 6


def test_a_leader_s_are_those_of_the_own_unit(office):
    assert figures_of(yearly_report(2012, user=office.leader, axes=BY_RANK)) == {"01.003": (3, 3, 2), "": (1, 1, 0)}


@pytest.mark.parametrize("user", ["hr", "leader"])
def test_every_figure_on_screen_leads_to_as_many_rows(client, office, shown_by_rank, user):
    client.force_login(getattr(office, user))
    page = client.get("/reports/yearly/?year=2012").content.decode()
    assert '<h2 id="rank-title">Theo ngạch</h2>' in page
    found = re.findall(r'<a href="(/enrollments/[^"]*(?:rank|rankless)=[^"]*)">(\d+)</a>', page.replace("&amp;", "&"))
    linked = [(href, int(shown)) for href, shown in found if "before=1" not in href]
    assert len(linked) == 18  # participations of both years and people, on each of six lines
    rows = [client.get(href, headers={"HX-Request": "true"}).context["table"].paginator.count for href, _ in linked]
    assert rows == [shown for _, shown in linked]


def test_it_stands_in_the_json_the_text_and_the_workbook(office, tmp_path):
    report = yearly_report(2012, axes=BY_RANK)
    written = as_dict(report)
    assert [key for key in written if key.startswith("by_")] == ["by_field", "by_unit", "by_rank"]
    assert {line["name"]: line["participations"] for line in written["by_rank"] if line["participations"]} == {
        "Chuyên viên cao cấp": 2,
        "Chuyên viên": 3,
        NO_RANK: 1,
    }
    assert "\nTheo ngạch " in as_text(report)
    write_workbook(report, tmp_path / "2012.xlsx")
    summary = load_workbook(tmp_path / "2012.xlsx").worksheets[0]
    assert "5. Theo ngạch" in [cell.value for cell in summary["A"]]
