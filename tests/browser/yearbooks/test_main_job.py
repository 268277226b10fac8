"""The main job as a person does it: 2.863 lượt become 2.866 on the screen, in the file, from the command."""

import json
from io import StringIO

from django.core.management import call_command
from playwright.sync_api import expect

from enrollments.models import Enrollment

PEOPLE = {"do manh quan": "Đỗ Mạnh Quân", "le ngoc cuong": "Lê Ngọc Cường", "dang thi hanh": "Đặng Thị Hạnh"}
BEFORE = "Năm 2012: 2.863 lượt, tăng 153 lượt (+5,65\u00a0%) so với năm 2011"
AFTER = "Năm 2012: 2.866 lượt, tăng 156 lượt (+5,76\u00a0%) so với năm 2011"


def rows(sheet) -> list[list]:
    """What a sheet says, row by row, without its empty cells."""
    return [[value for value in row if value is not None] for row in sheet.iter_rows(values_only=True)]


def test_three_people_are_sent_and_complete_a_class_and_every_figure_says_so(screen):
    page = screen.sign_in("hr").page
    expect(page.locator(".say")).to_have_text(BEFORE)

    screen.follow("Mở lớp")
    page.fill("#id_code", "2012-TH-CUOI")
    page.select_option("#id_course", label="Tin học văn phòng nâng cao (TH-VP)")
    page.fill("#id_start", "17/12/2012")
    page.fill("#id_end", "21122012")
    screen.save()
    expect(page.locator(".notices")).to_contain_text("Đã mở lớp. Hãy thêm học viên.")

    screen.follow("Thêm học viên")
    for typed, name in PEOPLE.items():
        screen.pick("Học viên", typed)
        expect(page.locator(".ts-control .item").last).to_contain_text(name)
    page.fill("#id_decision_number", "1234/QĐ-VPCP")
    page.fill("#id_decision_date", "10/12/12")
    page.fill("#id_decision_signer", "Nguyễn Minh Quang")
    screen.save()
    expect(page.get_by_role("button", name="Cử 3 người")).to_be_visible()
    screen.save()
    expect(page.locator(".notices")).to_contain_text("Đã cử 3 người:")
    screen.open("/")
    expect(page.locator(".say")).to_have_text(AFTER)

    screen.open("/courses/sessions/2012-TH-CUOI/")
    screen.follow("Nhập kết quả")
    page.get_by_label("Kết quả của Đặng Thị Hạnh").fill("Giỏi")
    page.get_by_label("Số chứng chỉ của Đặng Thị Hạnh").fill("CC-01")
    screen.save()
    expect(page.locator(".notices")).to_contain_text("3 người hoàn thành lớp.")
    roster = Enrollment.objects.filter(session__code="2012-TH-CUOI")
    assert {row.staff.full_name for row in roster} == set(PEOPLE.values())
    assert {(row.status, row.decision_number) for row in roster} == {("completed", "1234/QĐ-VPCP")}

    screen.follow("Tổng quan")
    expect(page.locator(".say")).to_have_text(AFTER)
    expect(page.locator(".big a")).to_have_text("2.866")
    computing = page.locator("table.lines").first.get_by_role("row").filter(has_text="Tin học")
    expect(computing.get_by_role("cell").nth(1)).to_have_text("391")

    book = screen.workbook("Xuất Excel")
    summary, *_others, people = map(rows, book.worksheets)
    assert [f"{AFTER}."] in summary
    assert [1, "Lượt", 2866, 2710, 156, 0.0576] in summary
    assert [5, "Tin học", 391, 402, -11] in [row[:5] for row in summary]
    assert {row[2] for row in people if "2012-TH-CUOI" in row} == set(PEOPLE.values())

    page.locator(".big a").click()
    expect(page.locator("#list-count")).to_have_text("2.866 lượt")

    out = StringIO()
    call_command("yearly_report", "2012", format="json", stdout=out, stderr=StringIO())
    report = json.loads(out.getvalue())
    assert (report["participations"], report["previous"], report["change"]) == (2866, 2710, 156)
    assert report["change_percent"] == 5.76
    (line,) = (line for line in report["by_field"] if line["code"] == "TH")
    assert (line["participations"], line["previous"], line["change"]) == (391, 402, -11)
