"""The exchange workbook in the browser: upload, preview, mending, import, and what is refused."""

import datetime
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from courses.models import CourseSession
from enrollments.models import Enrollment
from exchange.files import package
from exchange.models import WorkbookUpload
from exchange.services import uploads
from exchange.workbook import import_workbook
from personnel.models import ExportLog, Position, Posting, Staff, Unit
from tests.builders import UserBuilder

from .workbooks import OFFICE, counts, enrollment, imported, person, posting, session, unit, written

pytestmark = pytest.mark.django_db

UPLOAD = "/enrollments/import/"
GENDER = "Cán bộ|3|Giới tính"
# Two people, of whom the second has a wrong cell.
ONE_ERROR = {
    **OFFICE,
    "Cán bộ": [person(), person("CB2", {"Giới tính": "?"})],
    "Quá trình công tác": [posting(), posting("CB2")],
    "Lượt": [enrollment(), enrollment("L1", "CB2")],
}
WARNED = {**OFFICE, "Lớp": [session(more={"Số chỗ": 0})]}


def send(client, content: bytes, name: str = "so-2012.xlsx"):
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, content)})


def uploaded(client, sheets) -> str:
    """The address of the preview of a workbook."""
    response = send(client, written(sheets).getvalue())
    assert response.status_code == 302
    return response.url


def text(response) -> str:
    return " ".join(response.content.decode().split())


# --- upload


def test_the_first_page_offers_the_template_and_says_what_is_needed(client, hr):
    page = text(client.get(UPLOAD))
    assert reverse("exchange:import_template") in page and reverse("exchange:workbook_export") in page
    assert "Mã chương trình, Tên lớp, Ngày khai giảng, Ngày bế giảng" in page


def test_an_upload_leads_to_its_preview_and_saves_nothing(client, hr):
    page = text(client.get(uploaded(client, OFFICE)))
    assert "so-2012.xlsx" in page and "Nhập 6 dòng" in page
    assert not Staff.objects.exists()
    assert hr.uploads.get().content


@pytest.mark.parametrize(
    ("content", "status", "sentence"),
    [
        (b"Ma,Ten", 422, "Đây không phải tệp Excel (.xlsx)."),
        (b"", 422, "Đây không phải tệp Excel (.xlsx)."),
        (written({"Cán bộ": [["Họ và tên"], ["An"]]}).getvalue(), 422, "không có cột Mã cán bộ"),
        (written({"Cán bộ": [["Mã cán bộ"]]}).getvalue(), 422, "không có dòng dữ liệu nào"),
        (b"\0" * (package.MAX_FILE + 1), 413, "Tệp lớn hơn 20 MB."),
    ],
)
def test_a_refused_file_says_why_and_is_not_kept(client, hr, content, status, sentence):
    response = send(client, content)
    assert response.status_code == status
    assert sentence in text(response) and "Lỗi:" in text(response)
    assert not WorkbookUpload.objects.exists()


def test_a_bomb_is_over_the_limits(client, hr):
    target = io.BytesIO()
    with zipfile.ZipFile(written(OFFICE)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in source.namelist():
            packed.writestr(name, bytes(3_000_000) if name == "xl/styles.xml" else source.read(name))
    assert send(client, target.getvalue()).status_code == 413


def test_a_workbook_with_the_name_of_another_kind_is_told_so_before_it_is_imported(client, hr):
    address = send(client, written(ONE_ERROR).getvalue(), "so-2012.csv").url
    assert "Tên tệp có đuôi .csv nhưng nội dung là tệp Excel" in text(client.get(address))
    assert client.get(f"{address}marked/")["Content-Disposition"] == 'attachment; filename="loi-so-2012.xlsx"'
    client.post(address, {GENDER: "Nam"})
    assert client.post(address, {"import": "all"}).status_code == 422
    client.post(address, {"import": "all", "seen": "on"})
    assert Staff.objects.count() == 2


def test_a_file_without_a_known_sheet_says_which_it_has_and_leads_to_the_template(client, hr):
    response = send(client, written({"Danh sách": [["Họ và tên"], ["An"]]}).getvalue())
    page = text(response)
    assert response.status_code == 422 and "Tệp có: Danh sách." in page
    assert '<a href="/enrollments/import/template/">Tải tệp mẫu về</a>' in page
    assert "Tải tệp mẫu về" not in text(client.get(UPLOAD))


def test_no_file_is_a_refused_form(client, hr):
    response = client.post(UPLOAD)
    assert response.status_code == 422 and "Tệp Excel (.xlsx)" in text(response)


def test_uploads_that_nobody_came_back_to_are_dropped_after_a_week(client, hr):
    uploaded(client, OFFICE)
    hr.uploads.update(at=timezone.now() - datetime.timedelta(days=8))
    uploaded(client, OFFICE)
    assert hr.uploads.count() == 1
    assert "Chưa nhập xong" in text(client.get(UPLOAD))


def test_the_newest_twenty_unfinished_uploads_of_a_person_are_kept(client, hr):
    other = UserBuilder(role="hr").uploads.create(file_name="other.xlsx", content=b"x")
    done = hr.uploads.create(file_name="done.xlsx", content=b"")
    first, *others = (hr.uploads.create(file_name=f"{n}.xlsx", content=b"x") for n in range(20))
    uploaded(client, OFFICE)
    assert hr.uploads.count() == 21
    assert set(hr.uploads.all()) >= {done, *others} and first not in hr.uploads.all()
    assert WorkbookUpload.objects.filter(pk=other.pk).exists()


# --- preview and mending


def test_the_preview_shows_the_counts_and_the_cells_to_mend(client, hr):
    page = text(client.get(uploaded(client, ONE_ERROR)))
    for part in ("9 dòng", "6 mới", "1 lỗi", "2 chờ dòng lỗi", "1 ô cần sửa", f'name="{GENDER}" value="?"'):
        assert part in page
    assert "“?” không có trong danh sách. Chọn: Nam, Nữ." in page
    assert "Nhập 6 dòng hợp lệ" in page and "Kiểm tra lại" in page


def test_a_year_that_is_over_says_how_its_figure_changes(client, hr):
    people = {"Cán bộ": [person(), person("CB2")], "Quá trình công tác": [posting(), posting("CB2")]}
    address = uploaded(client, {**OFFICE, **people, "Lượt": [enrollment(), enrollment("L1", "CB2")]})
    added = "Năm 2012 đã qua: thêm 2 lượt."
    assert added in text(client.get(address))
    assert added in text(client.post(address, {"import": "all", "seen": "on"}, follow=True))
    assert "Năm 2012 đã qua" not in text(client.get(uploaded(client, OFFICE)))
    proposed = {"Lượt": [enrollment(more={"Trạng thái": "Đề xuất"})]}
    assert "Năm 2012 đã qua: bớt 1 lượt." in text(client.get(uploaded(client, proposed)))


def test_a_class_that_moves_to_another_year_takes_its_people_along(client, hr):
    imported(OFFICE)
    moved = session(more={"Ngày khai giảng": datetime.date(2013, 3, 5), "Ngày bế giảng": datetime.date(2013, 3, 9)})
    page = text(client.get(uploaded(client, {"Lớp": [moved]})))
    assert "Năm 2012 đã qua: bớt 1 lượt." in page and "Năm 2013 đã qua: thêm 1 lượt." in page


def test_the_year_that_runs_is_not_told_of(client, hr):
    today = timezone.localdate()
    this_year = session(more={"Ngày khai giảng": today, "Ngày bế giảng": today})
    assert "đã qua" not in text(client.get(uploaded(client, {**OFFICE, "Lớp": [this_year]})))


def test_the_button_counts_the_rows_that_change(client, hr):
    imported(OFFICE)
    people = {"Cán bộ": [person(), person("CB2")], "Quá trình công tác": [posting(), posting("CB2")]}
    assert "Nhập 2 dòng" in text(client.get(uploaded(client, {**OFFICE, **people})))


def test_a_cell_is_mended_on_the_page_and_checked_again(client, hr):
    address = uploaded(client, ONE_ERROR)
    response = client.post(address, {GENDER: "nam", "import": "valid"})
    assert (response.status_code, response.url) == (302, address)
    assert not Staff.objects.exists(), "what was typed is checked and shown before anything is saved"
    page = text(client.get(address))
    assert "1 ô đã sửa ở đây" in page and f'name="{GENDER}" value="nam"' in page and "Nhập 9 dòng" in page
    client.post(address, {"import": "all"})
    assert dict(Staff.objects.values_list("code", "gender")) == {"CB1": "female", "CB2": "male"}


def test_a_mended_cell_can_be_mended_once_more(client, hr):
    address = uploaded(client, ONE_ERROR)
    client.post(address, {GENDER: "nam"})
    client.post(address, {GENDER: "??"})
    assert f'name="{GENDER}" value="??"' in text(client.get(address))
    client.post(address, {GENDER: "nữ"})
    assert hr.uploads.get().corrections == [["Cán bộ", 3, "Giới tính", "nữ"]]


def test_only_cells_that_the_page_shows_can_be_changed(client, hr):
    address = uploaded(client, ONE_ERROR)
    client.post(address, {"Cán bộ|2|Họ và tên": "Ai đó", "Lượt|2|Trạng thái": "Hủy"})
    assert hr.uploads.get().corrections == []


def test_a_missing_column_can_be_filled_in_on_the_page(client, hr):
    address = uploaded(client, {"Cán bộ": [{"Mã cán bộ": "CB1", "Họ và tên": "An"}]})
    client.post(address, {"Cán bộ|2|Giới tính": "Nam"})
    client.post(address, {"import": "all"})
    assert Staff.objects.get().gender == "male"


def test_the_file_with_its_errors_marked_can_be_mended_and_sent_again(client, hr):
    address = uploaded(client, {**ONE_ERROR, "Ghi chú": [["bỏ qua"]]})
    response = client.get(f"{address}marked/")
    assert response["Content-Disposition"] == 'attachment; filename="loi-so-2012.xlsx"'
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    page = book["Cán bộ"]
    assert (page["C3"].value, page["C3"].fill.fgColor.rgb) == ("?", "00F8D7DA")
    assert page["C2"].fill.fill_type is None
    assert (page["D1"].value, page["D2"].value) == ("Cần làm gì", None)
    assert page["D3"].value == "Giới tính: “?” không có trong danh sách. Chọn: Nam, Nữ."
    assert page["A3"].value == "CB2" and book["Lớp"]["D2"].value == datetime.datetime(2012, 3, 5)
    page["C3"] = "Nam"
    file = io.BytesIO()
    book.save(file)
    assert "Nhập 9 dòng" in text(client.get(send(client, file.getvalue()).url))


def test_a_long_list_of_errors_is_cut_and_says_so(client, hr):
    rows = [person(f"CB{n}", {"Giới tính": "?"}) for n in range(130)]
    page = text(client.get(uploaded(client, {"Cán bộ": rows})))
    assert "130 ô cần sửa" in page and page.count('aria-invalid="true"') == 100
    assert "và 30 lỗi nữa; xem đủ trong tệp đã đánh dấu lỗi." in page


def test_the_messages_follow_the_language_of_the_screen(client, hr):
    address = uploaded(client, ONE_ERROR)
    client.cookies["django_language"] = "en"
    page = text(client.get(address))
    assert "“?” is not in the list. Choose: Nam, Nữ." in page and "không có trong danh sách" not in page


def test_what_a_cell_holds_is_shown_as_text(client, hr):
    page = text(client.get(uploaded(client, {"Cán bộ": [person(more={"Giới tính": "<script>alert(1)</script>"})]})))
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page


# --- import


def test_all_rows_are_imported_and_the_result_says_so(client, hr):
    address = uploaded(client, OFFICE)
    page = text(client.post(address, {"import": "all"}, follow=True))
    assert "Đã lưu: 6 dòng mới, 0 dòng thay đổi." in page and "3 Đã nhập" in page and "Nhập tệp khác" in page
    stored = Enrollment.objects.get()
    assert stored.history.get().history_user == hr
    assert bytes(hr.uploads.get().content) == b""
    assert client.post(address, {"import": "all"}).status_code == 302
    assert Enrollment.history.count() == 1
    assert client.get(f"{address}marked/").status_code == 404


def test_good_rows_are_imported_and_the_rest_stays_to_be_mended(client, hr):
    address = uploaded(client, ONE_ERROR)
    page = text(client.post(address, {"import": "valid", GENDER: "?"}, follow=True))
    assert "Đã lưu: 6 dòng mới, 0 dòng thay đổi. Còn 1 dòng lỗi." in page and "1 ô cần sửa" in page
    assert list(Staff.objects.values_list("code", flat=True)) == ["CB1"]
    client.post(address, {GENDER: "Nam"})
    page = text(client.post(address, {"import": "all"}, follow=True))
    assert "Đã lưu: 3 dòng mới, 0 dòng thay đổi." in page
    assert Enrollment.objects.count() == 2


def test_errors_forbid_importing_all(client, hr):
    address = uploaded(client, ONE_ERROR)
    assert "1 ô cần sửa" in text(client.post(address, {"import": "all"}, follow=True))
    assert not Staff.objects.exists()


def test_warnings_must_be_seen_first(client, hr):
    address = uploaded(client, WARNED)
    page = text(client.get(address))
    assert "1 cảnh báo" in page and "1 người trên 0 chỗ." in page
    response = client.post(address, {"import": "all"})
    assert response.status_code == 422 and "Đọc các cảnh báo, rồi đánh dấu là đã xem." in text(response)
    assert not Staff.objects.exists()
    client.post(address, {"import": "all", "seen": "on"})
    assert Enrollment.objects.count() == 1


def test_what_was_not_read_must_be_seen_first(client, hr):
    """A column and a sheet that nobody knows: no row, no cell; the same tick."""
    people = [{**person(), "Ghi chú": "x"}, {**person("CB2"), "Ghi chú": "x"}]
    address = uploaded(client, {**OFFICE, "Cán bộ": people, "Lớp 2012": [["x"]]})
    page = text(client.get(address))
    assert "2 cảnh báo" in page and "Gần nhất: Lớp." in page and "None" not in page
    assert client.post(address, {"import": "all"}).status_code == 422
    assert not Staff.objects.exists()
    assert client.post(address, {"import": "all", "seen": "on"}).status_code == 302
    assert Staff.objects.count() == 2


def test_what_changed_since_the_preview_is_shown_before_it_is_imported(client, hr):
    address = uploaded(client, OFFICE)
    imported({"Đơn vị": OFFICE["Đơn vị"]})
    page = text(client.post(address, {"import": "all"}, follow=True))
    assert "Dữ liệu đã thay đổi sau khi xem trước; chưa lưu gì. Hãy xem lại." in page
    assert "5 mới" in page and not Staff.objects.exists()
    client.post(address, {"import": "all"})
    assert Staff.objects.count() == 1


def test_of_two_requests_for_one_upload_the_second_leaves_what_the_first_did(client, hr):
    address = uploaded(client, OFFICE)
    first, second, checking = (hr.uploads.defer("content").get() for _request in range(3))
    assert uploads.write(first, hr, valid_rows=False).total("created") == 6
    assert uploads.write(second, hr, valid_rows=False) is None
    uploads.recheck(checking)
    assert second.is_written and checking.is_written
    page = text(client.post(address, {"import": "all"}, follow=True))
    assert "6 mới" in page and "3 Đã nhập" in page and "chưa lưu gì" not in page


def test_good_rows_pressed_twice_are_written_once_and_the_rest_stays(client, hr):
    uploaded(client, ONE_ERROR)
    first, second = hr.uploads.get(), hr.uploads.get()
    assert uploads.write(first, hr, valid_rows=True).applied
    assert uploads.write(second, hr, valid_rows=True) is None
    assert (second.report["number_of_errors"], second.is_written, bool(second.content)) == (1, False, True)
    assert Enrollment.history.count() == 1


def test_whoever_presses_again_is_told_that_the_good_rows_are_imported(client, hr):
    address = uploaded(client, ONE_ERROR)
    assert "Các dòng đúng đã nhập" not in text(client.get(address))
    assert uploads.write(hr.uploads.get(), hr, valid_rows=True).applied
    at = hr.uploads.get().applied_at
    page = text(client.post(address, {"import": "valid"}, follow=True))
    assert f"Các dòng đúng đã nhập lúc {timezone.localtime(at):%d/%m/%Y %H:%M}. Ở đây là phần còn lại." in page
    assert "0 dòng mới" not in page and hr.uploads.get().applied_at == at


def test_a_file_that_changes_nothing_offers_nothing_to_import(client, hr):
    imported(OFFICE)
    page = text(client.get(uploaded(client, OFFICE)))
    assert "Dữ liệu đã có đủ: không có gì để nhập." in page and 'value="all"' not in page


def test_the_history_names_the_file_that_wrote_each_row(client, hr):
    """New rows, changed ones and the enrollments derived anew; units too, whose history is written by itself."""
    client.post(uploaded(client, OFFICE), {"import": "all"})
    changed = {
        "Đơn vị": [unit(more={"Tên đơn vị": "Vụ Pháp luật"})],
        "Cán bộ": [person(more={"Họ và tên": "Lê Ngọc Ân"})],
        "Quá trình công tác": [posting(more={"Chức vụ": "Trưởng ban"})],
    }
    name = f"{'ă' * 150}.xlsx"
    client.post(send(client, written(changed).getvalue(), name).url, {"import": "all", "seen": "on"})
    first, second = "Nhập từ tệp so-2012.xlsx", f"Nhập từ tệp {name}"[:100]
    for model in (Unit, Staff, Posting, Enrollment):
        rows = model.objects.get().history.order_by("history_id")
        assert [row.history_change_reason for row in rows] == [first, second]
    assert Position.objects.get(name="Trưởng ban").history.get().history_change_reason == second
    assert CourseSession.objects.get().history.get().history_change_reason == first
    assert first in text(client.get("/personnel/CB1/history/"))


# --- whose


def test_nobody_sees_the_upload_of_another(client, hr):
    address = uploaded(client, OFFICE)
    for role in ("hr", "admin"):
        client.force_login(UserBuilder(role=role))
        assert client.get(address).status_code == client.post(address).status_code == 404
        assert client.get(f"{address}marked/").status_code == 404
        assert "so-2012.xlsx" not in text(client.get(UPLOAD))


def test_leaders_have_no_part_in_it(client, hr):
    address = uploaded(client, OFFICE)
    client.force_login(UserBuilder(role="leader"))
    pages = [UPLOAD, f"{UPLOAD}template/", address, f"{address}marked/", "/enrollments/workbook/"]
    assert {client.get(page).status_code for page in pages} == {403}
    client.logout()
    assert {client.get(page).status_code for page in pages} == {302}


# --- template and export


def test_the_template_has_every_column_and_the_words_of_closed_lists(client, hr):
    response = client.get("/enrollments/import/template/")
    content = b"".join(response.streaming_content)
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == list(OFFICE)
    assert [cell.value for cell in book["Lượt"][1]][:3] == ["Mã lớp", "Mã cán bộ", "Họ và tên"]
    (modes,) = [rule.formula1 for rule in book["Lớp"].data_validations.dataValidation]
    assert modes == '"Tập trung,Không tập trung,Trực tuyến,Kết hợp"'
    assert "Khóa" in book["Lớp"]["A1"].comment.text
    assert "cách nhau bằng dấu “;”" in book["Đơn vị"]["J1"].comment.text
    assert "không có dòng dữ liệu nào" in text(send(client, content))


def test_a_filled_in_template_is_taken(client, hr):
    book = load_workbook(io.BytesIO(b"".join(client.get("/enrollments/import/template/").streaming_content)))
    book["Cán bộ"].append(["CB1", "Lê Ngọc An", datetime.date(1975, 3, 5), "Nữ", "x", "Công chức"])
    file = io.BytesIO()
    book.save(file)
    client.post(send(client, file.getvalue()).url, {"import": "all"})
    assert Staff.objects.get().birth_date == datetime.date(1975, 3, 5)


def test_the_whole_workbook_is_exported_and_logged(client, hr):
    imported(OFFICE)
    response = client.get("/enrollments/workbook/")
    assert response["Content-Disposition"].startswith('attachment; filename="so-dao-tao-')
    file = io.BytesIO(b"".join(response.streaming_content))
    log = ExportLog.objects.get()
    assert (log.user, log.what, log.rows) == (hr, "Sổ trao đổi dữ liệu", 1)
    assert counts(import_workbook(file), "Lượt") == (1, 0, 0, 1, 0)


def test_an_upload_keeps_the_first_thousand_errors_and_the_marked_file_has_all(client, hr):
    address = uploaded(client, {"Cán bộ": [person(f"CB{n}", {"Giới tính": "?"}) for n in range(1_100)]})
    assert len(hr.uploads.get().report["errors"]) == 1_000
    assert "1.100 ô cần sửa" in text(client.get(address))
    marked = load_workbook(io.BytesIO(b"".join(client.get(f"{address}marked/").streaming_content)))
    assert sum(row[3].value is not None for row in marked["Cán bộ"].iter_rows(min_row=2)) == 1_100
    client.post(address, {"import": "valid"})
    assert not Staff.objects.exists()
