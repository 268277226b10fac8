"""What a yearly report counts, against which year, and which units stand in it."""

from datetime import date

import pytest

from enrollments.status import COUNTED, Status
from personnel.models import Posting, Staff
from reports.yearly import yearly_report
from tests.builders import (
    CourseBuilder,
    EnrollmentBuilder,
    FieldBuilder,
    PositionBuilder,
    SessionBuilder,
    StaffBuilder,
    UnitBuilder,
    UserBuilder,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return UnitBuilder(code="VP", name="Văn phòng", sort_order=1)


def unit_in(parent, code, order, **kwargs):
    return UnitBuilder(code=code, parent=parent, sort_order=order, **kwargs)


def trained_in(unit, year=2012, **kwargs):
    staff = kwargs.pop("staff", None) or StaffBuilder(posting__unit=unit)
    return EnrollmentBuilder(staff=staff, session=SessionBuilder(start=date(year, 3, 5), **kwargs))


def units_of(report) -> list[tuple[str, int]]:
    return [(line.code, line.participations.current) for line in report.by_unit]


class TestTheCount:
    def test_each_status_counts_or_not_as_the_rule_says(self):
        for status in Status:
            EnrollmentBuilder(status=status)
        assert yearly_report(2012).total.participations.current == len(COUNTED) == 5

    def test_a_class_over_new_year_counts_once_in_the_year_it_opens(self):
        EnrollmentBuilder(session=SessionBuilder(start=date(2011, 12, 31), end=date(2013, 6, 30)))
        totals = [yearly_report(year).total.participations.current for year in (2011, 2012, 2013)]
        assert totals == [1, 0, 0]

    def test_a_person_in_two_classes_is_two_participations_of_one_person(self, office):
        staff = StaffBuilder(posting__unit=office)
        trained_in(office, staff=staff)
        trained_in(office, staff=staff)
        total = yearly_report(2012).total
        assert (total.participations.current, total.people.current) == (2, 1)

    def test_people_are_distinct_within_a_line_and_need_not_add_up(self, office):
        staff = StaffBuilder(posting__unit=office)
        for code in ("TH", "NN"):
            trained_in(office, staff=staff, course=CourseBuilder(field__code=code))
        report = yearly_report(2012)
        people = {line.code: line.people.current for line in report.by_field}
        assert (people["TH"], people["NN"], report.total.people.current) == (1, 1, 1)

    def test_classes_are_those_somebody_was_in(self, office):
        session = SessionBuilder()
        EnrollmentBuilder.create_batch(2, session=session)
        SessionBuilder()
        assert yearly_report(2012).classes.current == 1

    def test_a_later_move_changes_no_past_year(self, office):
        old, new = unit_in(office, "CU", 2), unit_in(office, "MOI", 3)
        staff = trained_in(old).staff
        Posting.objects.filter(staff=staff).update(end=date(2012, 12, 31))
        Posting.objects.create(staff=staff, unit=new, start=date(2013, 1, 1))
        assert units_of(yearly_report(2012)) == [("CU", 1), ("MOI", 0)]

    def test_slices_are_parts_of_the_total(self, office):
        woman = StaffBuilder(gender=Staff.Gender.FEMALE, is_ethnic_minority=True, posting__unit=office)
        head = StaffBuilder(posting__unit=office, posting__position=PositionBuilder(name="Trưởng phòng"))
        trained_in(office, staff=woman, country="Pháp")
        trained_in(office, staff=head, country="Việt Nam")
        trained_in(office, staff=head, country="")
        report = yearly_report(2012)
        slices = {name: (line.participations.current, line.people.current) for name, line in report.of_which.items()}
        assert slices == {"overseas": (1, 1), "women": (1, 1), "ethnic_minority": (1, 1), "leaders": (2, 1)}
        assert report.total.participations.current == 3


class TestTheYearBefore:
    def test_without_any_participation_it_is_unknown_everywhere(self, office):
        trained_in(office)
        EnrollmentBuilder(session=SessionBuilder(start=date(2011, 3, 7)), status=Status.PROPOSED)
        report = yearly_report(2012)
        lines = [report.total, *report.by_field, *report.by_unit, *report.of_which.values()]
        assert {line.participations.previous for line in lines} == {None}
        assert report.sentence == "Năm 2012: 1 lượt; năm 2011 không có số liệu để so sánh"

    def test_where_it_has_any_every_line_has_a_number(self, office):
        trained_in(office, 2011, course=CourseBuilder(field__code="TH"))
        trained_in(office, 2012, course=CourseBuilder(field__code="NN"))
        lines = {line.code: line.participations for line in yearly_report(2012).by_field}
        assert (lines["TH"].previous, lines["TH"].change, lines["TH"].percent_label) == (1, -1, "−100,00\u00a0%")
        assert (lines["NN"].previous, lines["NN"].change, lines["NN"].percent_label) == (0, 1, "mới")
        assert (lines["LLCT"].previous, lines["LLCT"].change, lines["LLCT"].percent_label) == (0, 0, "–")

    def test_it_is_judged_in_the_scope_of_the_report(self, office):
        first, second = unit_in(office, "A", 2), unit_in(office, "B", 3)
        trained_in(first, 2011)
        trained_in(second, 2012)
        assert yearly_report(2012, unit=second).total.participations.previous is None
        assert yearly_report(2012).total.participations.previous == 1

    def test_a_year_without_data_is_zero_in_every_line(self, office):
        trained_in(office, 2012)
        report = yearly_report(2013)
        assert report.total.participations.current == 0
        assert report.total.participations.previous == 1
        assert yearly_report(1999).total.participations.current == 0


class TestFields:
    def test_every_field_stands_in_its_order_retired_ones_too(self):
        FieldBuilder(code="MOI", sort_order=2, retired_from=2010)
        codes = [line.code for line in yearly_report(2012).by_field]
        assert codes == ["LLCT", "MOI", "QLNN", "VTVL", "BDNN", "TH", "NN", "HNQT", "QPAN"]


class TestUnits:
    def test_a_line_is_a_unit_with_its_whole_subtree(self, office):
        bureau = unit_in(office, "CUC", 2)
        division = unit_in(bureau, "PHONG", 3)
        for unit in (bureau, division, division):
            trained_in(unit)
        assert units_of(yearly_report(2012)) == [("CUC", 3)]
        assert units_of(yearly_report(2012, unit=office)) == [("CUC", 3)]
        assert units_of(yearly_report(2012, unit=bureau)) == [("PHONG", 2), ("CUC", 1)]
        assert units_of(yearly_report(2012, unit=division)) == [("PHONG", 2)]

    def test_they_come_in_their_order_and_the_report_s_unit_last(self, office):
        trained_in(office)
        for code, order in (("A", 9), ("B", 3), ("C", 5)):
            unit_in(office, code, order)
        assert units_of(yearly_report(2012)) == [("B", 0), ("C", 0), ("A", 0), ("VP", 1)]

    def test_the_report_s_unit_without_a_figure_of_its_own_is_no_line(self, office):
        unit_in(office, "A", 2)
        assert units_of(yearly_report(2012)) == [("A", 0)]
        assert units_of(yearly_report(2012, unit=office)) == [("A", 0)]

    def test_the_report_s_unit_with_a_figure_only_last_year_is_a_line(self, office):
        unit_in(office, "A", 2)
        trained_in(office, 2011)
        line = yearly_report(2012).by_unit[-1]
        assert (line.code, line.participations.current, line.participations.previous) == ("VP", 0, 1)
        assert line.label == "Văn phòng (trực tiếp)"

    def test_a_unit_dissolved_in_the_year_stands_one_dissolved_before_does_not(self, office):
        unit_in(office, "GIUA", 2, valid_to=date(2012, 5, 14))
        unit_in(office, "TRUOC", 3, valid_to=date(2011, 12, 31))
        unit_in(office, "SAU", 4, valid_from=date(2013, 1, 1))
        unit_in(office, "CUOI", 5, valid_from=date(2012, 12, 31))
        assert units_of(yearly_report(2012)) == [("GIUA", 0), ("CUOI", 0)]

    def test_dates_of_a_unit_hide_no_figure(self, office):
        gone = unit_in(office, "HET", 2, valid_to=date(2010, 12, 31))
        trained_in(gone, 2011)
        assert units_of(yearly_report(2012)) == [("HET", 0)]
        assert units_of(yearly_report(2011)) == [("HET", 1)]
        assert units_of(yearly_report(2013)) == []

    def test_a_unit_renamed_in_the_year_and_its_successor_share_the_year(self, office):
        old = unit_in(office, "CU", 2, valid_to=date(2012, 6, 30))
        new = unit_in(office, "MOI", 3, valid_from=date(2012, 7, 1))
        new.predecessors.add(old)
        trained_in(old)
        staff = StaffBuilder(posting__unit=new, posting__start=date(2012, 7, 1))
        EnrollmentBuilder(staff=staff, session=SessionBuilder(start=date(2012, 9, 3)))
        assert units_of(yearly_report(2012)) == [("CU", 1), ("MOI", 1)]

    def test_of_several_top_units_those_with_units_below_come_last(self, office):
        other = UnitBuilder(code="KHAC", name="Cơ quan khác", sort_order=2)
        alone = UnitBuilder(code="LE", name="Đơn vị lẻ", sort_order=3)
        below, beside = unit_in(office, "A", 4), unit_in(other, "B", 5)
        for unit in (office, office, other, alone, below, beside):
            trained_in(unit)
        report = yearly_report(2012)
        assert units_of(report) == [("LE", 1), ("A", 1), ("B", 1), ("VP", 2), ("KHAC", 1)]
        assert sum(count for _code, count in units_of(report)) == report.total.participations.current == 6


class TestScope:
    @pytest.fixture
    def bureau(self, office):
        return unit_in(office, "CUC", 2)

    @pytest.fixture
    def leader(self, bureau):
        return UserBuilder(role="leader", unit=bureau)

    def test_a_leader_s_report_is_that_of_the_own_unit(self, office, bureau, leader):
        trained_in(unit_in(bureau, "PHONG", 3))
        trained_in(unit_in(office, "KHAC", 4))
        report = yearly_report(2012, user=leader)
        assert report.unit == bureau
        assert units_of(report) == [("PHONG", 1)]
        assert report.total.participations.current == report.rows.count() == 1

    def test_a_unit_outside_a_leader_s_scope_shows_nothing_of_it(self, office, leader):
        other = unit_in(office, "KHAC", 4)
        trained_in(other)
        report = yearly_report(2012, user=leader, unit=other)
        assert (report.total.participations.current, units_of(report), report.rows.count()) == (0, [], 0)

    def test_a_leader_without_a_unit_sees_nothing(self, office):
        trained_in(office)
        report = yearly_report(2012, user=UserBuilder(role="leader"))
        assert (report.total.participations.current, units_of(report)) == (0, [])

    def test_leaders_do_not_see_the_ethnic_minority_mark(self, leader):
        assert "ethnic_minority" not in yearly_report(2012, user=leader).of_which
        assert "ethnic_minority" in yearly_report(2012, user=UserBuilder(role="hr")).of_which


def test_more_units_and_rows_take_no_more_queries(office, django_assert_num_queries):
    trained_in(office)
    with django_assert_num_queries(7):
        yearly_report(2012)
    for order in range(12):
        unit = unit_in(office, f"D{order}", order)
        trained_in(unit, course=CourseBuilder(field=FieldBuilder(code=f"F{order}")))
    with django_assert_num_queries(7):
        report = yearly_report(2012)
    assert len(report.by_unit) == 13
