"""Postings in the exchange workbook: never two at once, and nobody counts without one on the opening date."""

from datetime import date

import pytest

from courses.models import CourseSession
from enrollments.models import Enrollment
from personnel.models import Posting, Staff

from .workbooks import OFFICE, counts, enrollment, imported, person, places, posting, session, unit

pytestmark = pytest.mark.django_db

POSTINGS = "Quá trình công tác"


def from_to(start: str, end: str | None = None, more: dict | None = None) -> dict:
    return posting(more={"Từ ngày": start, "Đến ngày": end, **(more or {})})


@pytest.fixture
def office():
    """A woman in unit QT since 2005, sent to a class that opens on 5 March 2012."""
    assert imported({**OFFICE, "Đơn vị": [unit("QT"), unit("TH")]}).applied


# --- overlaps


def test_overlapping_postings_are_reported_at_the_first_day_of_the_later_one():
    rows = [from_to("01/01/2010"), from_to("01/01/2005", "01/01/2010")]
    report = imported({**OFFICE, POSTINGS: rows})
    assert places(report.errors) == [(POSTINGS, 2, "Từ ngày", "01/01/2010")]
    assert report.errors[0].message.startswith("Trùng với thời gian công tác từ 01/01/2005 đến 01/01/2010")


def test_a_posting_inside_a_longer_one_overlaps_and_so_does_the_one_after_it():
    rows = [from_to("01/01/2005"), from_to("01/01/2006", "31/12/2006"), from_to("01/01/2008", "31/12/2008")]
    report = imported({**OFFICE, POSTINGS: rows})
    assert [(p.row, p.column) for p in report.errors] == [(3, "Từ ngày"), (4, "Từ ngày")]


def test_postings_that_follow_day_by_day_do_not_overlap():
    rows = [from_to("01/01/2005", "31/12/2009"), from_to("01/01/2010")]
    assert not imported({**OFFICE, POSTINGS: rows}).errors


def test_overlaps_are_judged_on_the_state_after_the_file(office):
    moved = [from_to("01/01/2005", "31/12/2011"), from_to("01/01/2012", None, {"Mã đơn vị": "TH"})]
    report = imported({POSTINGS: moved})
    assert not report.errors
    assert counts(report, POSTINGS) == (2, 1, 1, 0, 0)
    assert Enrollment.objects.get().unit.code == "TH"


def test_a_new_posting_over_the_stored_one_is_refused(office):
    report = imported({POSTINGS: [from_to("01/01/2012", None, {"Mã đơn vị": "TH"})]})
    assert places(report.errors) == [(POSTINGS, 2, "Từ ngày", "01/01/2012")]


def test_a_new_posting_that_runs_into_the_stored_later_one_is_reported_at_itself(office):
    report = imported({POSTINGS: [from_to("01/01/2001")]})
    assert places(report.errors) == [(POSTINGS, 2, "Từ ngày", "01/01/2001")]


def test_an_overlap_that_follows_from_a_wrong_row_is_not_reported_again(office):
    wrong_end = from_to("01/01/2005", "31/02/2011")
    report = imported({POSTINGS: [wrong_end, from_to("01/01/2012", None, {"Mã đơn vị": "TH"})]})
    assert places(report.errors) == [(POSTINGS, 2, "Đến ngày", "31/02/2011")]
    assert counts(report, POSTINGS) == (2, 0, 0, 0, 1)


def test_an_overlap_that_the_wrong_row_does_not_explain_is_reported(office):
    wrong_rank = from_to("01/01/2005", None, {"Mã ngạch": "99"})
    report = imported({POSTINGS: [wrong_rank, from_to("01/01/2012")]})
    assert [(p.row, p.column) for p in report.errors] == [(2, "Mã ngạch"), (3, "Từ ngày")]


# --- presence on the opening date


@pytest.mark.parametrize("postings", [[from_to("06/03/2012")], [from_to("01/01/2005", "04/03/2012")]])
def test_a_counted_enrollment_without_a_posting_is_reported_at_the_staff_code(postings):
    report = imported({**OFFICE, POSTINGS: postings})
    assert places(report.errors) == [("Lượt", 2, "Mã cán bộ", "CB1")]
    assert report.errors[0].message == (
        "Không công tác vào ngày khai giảng 05/03/2012. Kiểm tra lại quá trình công tác."
    )


@pytest.mark.parametrize("posting_row", [from_to("05/03/2012"), from_to("01/01/2005", "05/03/2012")])
def test_both_ends_of_a_posting_count_as_service(posting_row):
    assert not imported({**OFFICE, POSTINGS: [posting_row]}).errors


@pytest.mark.parametrize("status", ["Đề xuất", "Từ chối", "Hoãn", "Hủy"])
def test_what_is_not_counted_needs_no_posting(status):
    sheets = {name: rows for name, rows in OFFICE.items() if name != POSTINGS}
    report = imported({**sheets, "Lượt": [enrollment(more={"Trạng thái": status})]})
    assert not report.errors
    assert Enrollment.objects.get().unit is None


@pytest.mark.parametrize("status", ["Được cử", "Đang học", "Hoàn thành", "Không hoàn thành", "Bỏ học"])
def test_what_is_counted_needs_one(status):
    sheets = {name: rows for name, rows in OFFICE.items() if name != POSTINGS}
    report = imported({**sheets, "Lượt": [enrollment(more={"Trạng thái": status})]})
    assert places(report.errors) == [("Lượt", 2, "Mã cán bộ", "CB1")]


def test_a_proposal_without_posting_cannot_be_sent_before_it_has_one():
    sheets = {name: rows for name, rows in OFFICE.items() if name != POSTINGS}
    imported({**sheets, "Lượt": [enrollment(more={"Trạng thái": "Đề xuất"})]})
    assert places(imported({"Lượt": [enrollment()]}).errors) == [("Lượt", 2, "Mã cán bộ", "CB1")]
    report = imported({"Lượt": [enrollment()], POSTINGS: [posting()]})
    assert not report.errors
    assert Enrollment.objects.get().unit.code == "QT"


def test_a_missing_posting_that_follows_from_a_wrong_row_is_not_reported_again():
    for wrong in (
        from_to("01/01/2005", None, {"Mã ngạch": "99"}),
        from_to("31/02/2005"),
        from_to("1/1/2012", "1/1/2011"),
    ):
        report = imported({**OFFICE, POSTINGS: [wrong]})
        assert len(report.errors) == 1 and report.errors[0].sheet == POSTINGS
        assert counts(report, "Lượt") == (1, 0, 0, 0, 0)


def test_a_missing_posting_that_the_wrong_row_does_not_explain_is_reported():
    report = imported({**OFFICE, POSTINGS: [from_to("01/01/2005", "31/12/2005", {"Mã ngạch": "99"})]})
    assert [(p.sheet, p.column) for p in report.errors] == [(POSTINGS, "Mã ngạch"), ("Lượt", "Mã cán bộ")]


# --- stored enrollments that the file concerns


def test_a_shorter_posting_may_not_leave_a_stored_enrollment_without_one(office):
    report = imported({POSTINGS: [from_to("01/01/2005", "31/12/2011")]})
    assert places(report.errors) == [(POSTINGS, 2, "Đến ngày", "31/12/2011")]
    assert report.errors[0].message.startswith("Lê Ngọc An sẽ không có")
    assert "(L1, 05/03/2012)" in report.errors[0].message
    assert Posting.objects.get().end is None


def test_a_moved_class_may_not_leave_a_stored_enrollment_without_a_posting(office):
    report = imported({"Lớp": [session(more={"Ngày khai giảng": "01/12/2004"})]})
    assert places(report.errors) == [("Lớp", 2, "Ngày khai giảng", "01/12/2004")]
    report = imported({"Lớp": [session(more={"Ngày khai giảng": "01/12/2004"})], "Lượt": [enrollment()]})
    assert places(report.errors) == [("Lượt", 2, "Mã cán bộ", "CB1")]
    assert counts(report, "Lớp") == (1, 0, 0, 0, 0)


def test_a_moved_class_may_leave_what_is_not_counted(office):
    imported({"Lượt": [enrollment(more={"Trạng thái": "Hủy"})]})
    report = imported({"Lớp": [session(more={"Ngày khai giảng": "01/12/2004"})]})
    assert not report.errors
    stored = Enrollment.objects.get()
    assert (stored.year, stored.unit) == (2004, None)


def test_a_moved_class_takes_its_stored_enrollments_to_its_new_year(office):
    imported({"Lớp": [session(more={"Ngày khai giảng": "28/12/2011"})]})
    stored = Enrollment.objects.get()
    assert stored.year == 2011
    assert list(stored.history.values_list("history_type", "year")) == [("~", 2011), ("+", 2012)]


def test_a_corrected_posting_moves_the_stored_enrollments_of_its_person(office):
    imported(
        {POSTINGS: [from_to("01/01/2005", None, {"Mã đơn vị": "TH", "Chức vụ": "Vụ trưởng", "Mã ngạch": "01.001"})]}
    )
    stored = Enrollment.objects.get()
    assert (stored.unit.code, stored.position.name, stored.rank.code) == ("TH", "Vụ trưởng", "01.001")


def test_a_course_of_another_field_moves_its_stored_enrollments(office):
    imported({"Chương trình": [{"Mã chương trình": "CT1", "Mã lĩnh vực": "NN"}]})
    assert Enrollment.objects.get().field.code == "NN"


def test_a_class_of_another_course_moves_its_stored_enrollments(office):
    new = {"Mã chương trình": "CT2", "Mã lĩnh vực": "QPAN", "Tên chương trình": "Quốc phòng"}
    imported({"Chương trình": [new], "Lớp": [session(more={"Mã chương trình": "CT2"})]})
    assert Enrollment.objects.get().field.code == "QPAN"


def test_new_enrollments_take_the_field_and_day_of_the_same_file(office):
    report = imported(
        {
            "Cán bộ": [person("CB2")],
            POSTINGS: [posting("CB2", {"Mã đơn vị": "TH"})],
            "Chương trình": [{"Mã chương trình": "CT1", "Mã lĩnh vực": "NN"}],
            "Lớp": [session(more={"Ngày khai giảng": "28/12/2011"})],
            "Lượt": [enrollment("L1", "CB2")],
        }
    )
    assert not report.errors
    snapshots = set(Enrollment.objects.values_list("staff__code", "year", "field__code", "unit__code"))
    assert snapshots == {("CB1", 2011, "NN", "QT"), ("CB2", 2011, "NN", "TH")}
    assert Enrollment.objects.get(staff__code="CB2").history.count() == 1


# --- good rows only


def test_good_rows_are_written_and_wrong_ones_and_what_waits_for_them_are_not():
    report = imported(
        {
            **OFFICE,
            "Cán bộ": [person("CB1"), person("CB2", {"Giới tính": "?"}), person("CB3")],
            POSTINGS: [posting("CB1"), posting("CB2"), posting("CB3")],
            "Lớp": [session("L1"), session("L2", {"Ngày bế giảng": "01/01/2012"})],
            "Lượt": [
                enrollment("L1", "CB1"),
                enrollment("L1", "CB2"),
                enrollment("L2", "CB1"),
                enrollment("L1", "CB3"),
            ],
        },
        valid_rows=True,
    )
    assert report.applied and report.exit_code == 1
    assert places(report.errors) == [("Cán bộ", 3, "Giới tính", "?"), ("Lớp", 3, "Ngày bế giảng", "01/01/2012")]
    assert counts(report, "Cán bộ") == (3, 2, 0, 0, 1)
    assert counts(report, POSTINGS) == (3, 2, 0, 0, 0)
    assert counts(report, "Lớp") == (2, 1, 0, 0, 1)
    assert counts(report, "Lượt") == (4, 2, 0, 0, 0)
    assert set(Staff.objects.values_list("code", flat=True)) == {"CB1", "CB3"}
    assert set(Enrollment.objects.values_list("session__code", "staff__code")) == {("L1", "CB1"), ("L1", "CB3")}


def test_a_refusal_counts_what_the_good_rows_would_do():
    sheets = {**OFFICE, "Cán bộ": [person("CB1"), person("CB2", {"Giới tính": "?"})]}
    refused = imported(sheets)
    dry = imported(sheets, dry_run=True)
    written = imported(sheets, valid_rows=True)
    assert refused.sheets == dry.sheets == written.sheets
    assert counts(written, "Cán bộ") == (2, 1, 0, 0, 1)


def test_of_two_overlapping_new_postings_the_earlier_is_written():
    rows = [from_to("01/01/2005"), from_to("01/01/2010")]
    report = imported({**OFFICE, POSTINGS: rows}, valid_rows=True)
    assert counts(report, POSTINGS) == (2, 1, 0, 0, 1)
    assert Posting.objects.get().start == date(2005, 1, 1)
    assert counts(report, "Lượt") == (1, 1, 0, 0, 0)


def test_a_row_that_would_make_stored_postings_overlap_is_not_written(office):
    imported({POSTINGS: [from_to("01/01/2005", "31/12/2012"), from_to("01/01/2013")]})
    longer = [from_to("01/01/2005", "31/12/2014"), from_to("01/01/2013", None, {"Mã đơn vị": "TH"})]
    report = imported({POSTINGS: longer}, valid_rows=True)
    assert places(report.errors) == [(POSTINGS, 3, "Từ ngày", "01/01/2013")]
    assert counts(report, POSTINGS) == (2, 0, 0, 0, 1)
    assert set(Posting.objects.values_list("end", "unit__code")) == {(date(2012, 12, 31), "QT"), (None, "QT")}


def test_what_falls_takes_along_what_relied_on_it(office):
    """The shorter posting would leave the stored enrollment; so the new posting after it has no room either."""
    moved = [from_to("01/01/2005", "31/12/2011"), from_to("01/06/2012", None, {"Mã đơn vị": "TH"})]
    later = session("L9", {"Ngày khai giảng": "01/07/2012", "Ngày bế giảng": "02/07/2012"})
    report = imported({POSTINGS: moved, "Lớp": [later], "Lượt": [enrollment("L9")]}, valid_rows=True)
    assert places(report.errors) == [(POSTINGS, 2, "Đến ngày", "31/12/2011")]
    assert counts(report, POSTINGS) == (2, 0, 0, 0, 1)
    assert counts(report, "Lượt") == (1, 1, 0, 0, 0)
    assert Posting.objects.get().end is None
    assert set(Enrollment.objects.values_list("session__code", "unit__code")) == {("L1", "QT"), ("L9", "QT")}


def test_a_posting_does_not_end_before_the_one_after_it_is_right(office):
    moved = [from_to("01/01/2005", "31/12/2011"), from_to("01/01/2012", None, {"Mã đơn vị": "KHONG"})]
    report = imported({POSTINGS: moved}, valid_rows=True)
    assert places(report.errors) == [(POSTINGS, 3, "Mã đơn vị", "KHONG")]
    assert counts(report, POSTINGS) == (2, 0, 0, 0, 1)
    assert Posting.objects.get().end is None and Enrollment.objects.get().unit.code == "QT"


def test_a_good_row_may_refer_to_a_stored_record_whose_row_is_wrong(office):
    report = imported(
        {"Lớp": [session(more={"Số chỗ": "?"})], "Lượt": [enrollment(more={"Trạng thái": "Hoàn thành"})]},
        valid_rows=True,
    )
    assert places(report.errors) == [("Lớp", 2, "Số chỗ", "?")]
    assert counts(report, "Lượt") == (1, 0, 1, 0, 0)
    assert Enrollment.objects.get().status == "completed"


def test_without_a_good_row_the_run_still_commits_nothing():
    report = imported({"Cán bộ": [person(more={"Giới tính": "?"})]}, valid_rows=True)
    assert report.applied and report.exit_code == 1
    assert not Staff.objects.exists() and not CourseSession.objects.exists()
