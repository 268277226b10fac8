"""Creating and editing staff: what is refused, what is asked, what two people at once see, what the history says."""

import datetime

import pytest

from personnel.models import Posting, Staff
from personnel.services import save_staff
from tests.builders import StaffBuilder, UserBuilder
from tests.versions import current_version

pytestmark = pytest.mark.django_db
BORN = datetime.date(1978, 4, 19)


@pytest.fixture
def typed():
    """A person as typed."""
    return {"code": "CB0001", "full_name": "Dương  Văn Thành", "birth_date": "19/4/78", "gender": "male"}


@pytest.fixture
def hr(sign_in):
    return sign_in("hr")


def edit_url(staff):
    return f"/personnel/{staff.code}/edit/"


def as_typed(staff, **changes):
    """What the form of a person sends."""
    return {"code": staff.code, "full_name": staff.full_name, "gender": staff.gender, **changes}


def test_person_is_created_with_clean_name_and_first_posting(client, hr, office, typed):
    posting = {"unit": office["division"].pk, "start": "01032010"}
    response = client.post("/new/staff/", typed | posting)
    assert response.status_code == 302
    assert response.url == "/personnel/CB0001/"
    staff = Staff.objects.get()
    assert (staff.full_name, staff.birth_date) == ("Dương Văn Thành", BORN)
    assert [(p.unit, p.start, p.end) for p in staff.postings.all()] == [
        (office["division"], datetime.date(2010, 3, 1), None)
    ]
    assert staff.history.get().history_user == hr
    assert Posting.history.get().history_user == hr


def test_person_is_created_without_a_posting(client, hr, typed):
    client.post("/new/staff/", typed)
    assert not Staff.objects.get().postings.exists()


def test_posting_that_is_begun_has_to_be_complete_and_nothing_typed_is_lost(client, hr, typed):
    response = client.post("/new/staff/", typed | {"start": "1/3/2010", "birth_date": "31/02/1978"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Ngày 31/02/1978 không có. Nhập dạng 03/04/2012." in page
    assert "Đã khai nơi công tác thì phải nhập: Đơn vị." in page
    for value in ("CB0001", "Dương  Văn Thành", "31/02/1978", "1/3/2010"):
        assert f'value="{value}"' in page
    assert not Staff.objects.exists()


def test_empty_form_names_each_missing_field(client, hr):
    response = client.post("/new/staff/", {})
    assert response.status_code == 422
    errors = {name: list(texts) for name, texts in response.context["form"].errors.items()}
    assert errors == {
        "code": ["Hãy nhập: Mã cán bộ."],
        "full_name": ["Hãy nhập: Họ và tên."],
        "gender": ["Hãy chọn: Giới tính."],
    }


def test_date_of_birth_in_the_future_is_refused(client, hr, typed):
    response = client.post("/new/staff/", typed | {"birth_date": "01/01/2990"})
    assert response.status_code == 422
    assert not Staff.objects.exists()


@pytest.mark.parametrize("code", ["CB 01", "CB<1>", "", "x" * 51, ".", ".."])
def test_code_of_other_characters_is_refused(client, hr, typed, code):
    assert client.post("/new/staff/", typed | {"code": code}).status_code == 422


def test_a_name_with_a_digit_is_refused_unless_it_is_stored_so(client, hr, typed):
    assert (
        "Họ tên không có chữ số." in client.post("/new/staff/", typed | {"full_name": "Ngô Hồng An1"}).content.decode()
    )
    assert not Staff.objects.exists()
    stored = StaffBuilder(full_name="Ngô Hồng An1")
    sent = as_typed(stored, gender="female", version=current_version(stored))
    assert client.post(edit_url(stored), sent).status_code == 302


def test_a_name_of_one_word_is_asked_about_once(client, hr, typed):
    asked = client.post("/new/staff/", typed | {"full_name": "An"})
    assert asked.status_code == 422
    assert (
        "Chỉ có một từ: đã đủ họ và tên chưa? Nếu viết như vậy là đúng thì bấm nút lần nữa." in asked.content.decode()
    )
    client.post("/new/staff/", typed | {"full_name": "An", "kept_as_typed": "An"})
    assert Staff.objects.get().full_name == "An"


@pytest.mark.parametrize("stored", ["CB0001", "cb0001"])
def test_code_that_exists_in_any_case_of_letters_is_refused(client, hr, typed, stored):
    StaffBuilder(code=stored)
    response = client.post("/new/staff/", typed)
    assert response.status_code == 422
    assert "Mã này đã có. Chọn mã khác, hoặc sửa bản ghi đang mang mã đó." in response.content.decode()


def test_same_name_and_birth_date_has_to_be_confirmed(client, hr, typed):
    StaffBuilder(code="CB0002", full_name="DƯƠNG VĂN THẠNH", birth_date=BORN)
    StaffBuilder(code="CB0003", full_name="Dương Văn Thành", birth_date=datetime.date(1979, 4, 19))
    refused = client.post("/new/staff/", typed)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Đã có người cùng họ tên và ngày sinh" in page
    assert 'href="/personnel/CB0002/"' in page
    assert 'href="/personnel/CB0003/"' not in page
    assert client.post("/new/staff/", typed | {"other_person": "on"}).status_code == 302
    assert Staff.objects.count() == 3


@pytest.mark.parametrize(("typed_birth", "shown"), [("1978", "1978"), ("4/1978", "04/1978"), ("19/4/78", "19/04/1978")])
def test_a_birth_known_by_year_or_month_is_typed_and_shown_so_everywhere(client, hr, typed, typed_birth, shown):
    page = client.get("/new/staff/").content.decode()
    assert "Chỉ biết tháng hoặc năm sinh cũng được: 03/1975, 1975." in page
    assert client.post("/new/staff/", typed | {"birth_date": typed_birth}).status_code == 302
    staff = Staff.objects.get()
    form = client.get(edit_url(staff)).content.decode()
    assert f'value="{shown}"' in form
    assert f"<dd>{shown}</dd>" in client.get("/personnel/CB0001/").content.decode()
    assert f'data-label="Ngày sinh">{shown}</td>' in client.get("/personnel/").content.decode()
    entries = client.get("/personnel/CB0001/history/").context["entries"]
    assert [change.new for change in entries[0].changes if change.label == "Ngày sinh"] == [shown]


def test_what_becomes_known_of_a_birth_is_a_change(client, hr):
    staff = StaffBuilder(full_name="Lê An", birth_date="1978", category="", posting=None)
    for born, shown in (("01/1978", "01/1978"), ("1/1/1978", "01/01/1978"), ("1978", "1978")):
        sent = as_typed(staff, birth_date=born, version=current_version(staff))
        assert client.post(edit_url(staff), sent).status_code == 302
        newest = client.get(f"/personnel/{staff.code}/history/").context["entries"][0]
        assert [change.new for change in newest.changes] == [shown]


@pytest.mark.parametrize("born", ["1978", "04/1978", "19/04/1978"])
@pytest.mark.parametrize("stored", ["1978", "1978-04", "1978-04-19"])
def test_a_namesake_is_born_on_the_same_day_as_far_as_both_are_known(client, hr, typed, stored, born):
    StaffBuilder(code="CB0002", full_name="Dương Văn Thành", birth_date=stored)
    for number, other in enumerate(("1979", "1978-05", "1978-05-19"), start=3):
        StaffBuilder(code=f"CB000{number}", full_name="Dương Văn Thành", birth_date=other)
    refused = client.post("/new/staff/", typed | {"birth_date": born})
    assert refused.status_code == 422
    shown = {"1978": "1978", "1978-04": "04/1978", "1978-04-19": "19/04/1978"}[stored]
    assert f"CB0002 · {shown} </li>" in " ".join(refused.content.decode().split())
    found = ["CB0002", "CB0004", "CB0005"] if born == "1978" else ["CB0002"]
    assert sorted(person.code for person in refused.context["form"].namesakes) == found


@pytest.mark.parametrize(("stored", "name"), [("Lý Hoà", "Lí Hòa"), ("Vũ Quí Tỵ", "VŨ QUÝ TỴ"), ("Le Ky", "Lê Kỳ")])
def test_same_name_in_another_spelling_has_to_be_confirmed_too(client, hr, typed, stored, name):
    StaffBuilder(code="CB0002", full_name=stored, birth_date=BORN)
    refused = client.post("/new/staff/", typed | {"full_name": name})
    assert refused.status_code == 422 and 'href="/personnel/CB0002/"' in refused.content.decode()


def test_a_name_that_only_begins_alike_is_nobody_to_confirm(client, hr, typed):
    StaffBuilder(code="CB0002", full_name="Dương Văn Thành Công", birth_date=BORN)
    assert client.post("/new/staff/", typed).status_code == 302


def test_editing_a_namesake_asks_only_when_name_or_birth_date_change(client, hr):
    StaffBuilder(full_name="Lê An", birth_date=BORN)
    staff = StaffBuilder(full_name="Lê An", birth_date=BORN)
    same = as_typed(staff, birth_date="19/04/1978", version=current_version(staff))
    assert client.post(edit_url(staff), same | {"category": "cadre"}).status_code == 302


def test_edited_name_is_found_and_sorted_anew(client, hr):
    staff = StaffBuilder(full_name="Lê An")
    client.post(edit_url(staff), as_typed(staff, full_name="Lê Đức", version=current_version(staff)))
    assert Staff.objects.matching("duc").get() == staff
    assert not Staff.objects.matching("an")


def test_second_of_two_people_who_save_sees_both_versions(client, hr):
    staff = StaffBuilder(full_name="Lê An")
    seen = current_version(staff)
    colleague = UserBuilder(full_name="Trần Hoa")
    staff.full_name = "Lê Ân"
    save_staff(staff, colleague)
    mine = as_typed(staff, full_name="Lê Ánh", version=seen)
    response = client.post(edit_url(staff), mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert all(text in page for text in ("Trần Hoa", "Lê An", "Lê Ân", 'value="Lê Ánh"'))
    assert Staff.objects.get().full_name == "Lê Ân"
    again = mine | {"version": response.context["version"]}
    assert client.post(edit_url(staff), again).status_code == 302
    assert Staff.objects.get().full_name == "Lê Ánh"


def test_history_says_who_changed_what_in_plain_words(client, hr):
    staff = StaffBuilder(full_name="Lê An", gender="male")
    client.post(edit_url(staff), as_typed(staff, gender="female", version=current_version(staff)))
    entry = client.get(f"/personnel/{staff.code}/history/").context["entries"][0]
    assert entry.by == str(hr)
    assert ("Giới tính", "Nam", "Nữ") in [(c.label, c.old, c.new) for c in entry.changes]


def test_history_shows_a_leader_no_ethnic_minority_mark(client, sign_in, office):
    staff = StaffBuilder(is_ethnic_minority=True, posting__unit=office["division"])
    sign_in("leader", office["bureau"])
    assert "Dân tộc thiểu số" not in client.get(f"/personnel/{staff.code}/history/").content.decode()
    sign_in("hr")
    assert "Dân tộc thiểu số" in client.get(f"/personnel/{staff.code}/history/").content.decode()


def test_history_tells_a_leader_of_no_change_of_the_ethnic_minority_mark(client, sign_in, office):
    staff = StaffBuilder(full_name="Lê An", posting__unit=office["division"])
    author = UserBuilder()
    for full_name, mark in [("Lê An", True), ("Lê Ân", True), ("Lê Ân", False), ("Lê Ân", False), ("Lê Ánh", True)]:
        staff.full_name, staff.is_ethnic_minority = full_name, mark
        save_staff(staff, author)

    def names():
        entries = client.get(f"/personnel/{staff.code}/history/").context["entries"]
        return [[(c.old, c.new) for c in e.changes if c.label == "Họ và tên"] for e in entries]

    sign_in("leader", office["bureau"])
    # One of them changed nothing at all, which tells nothing.
    assert names() == [[("Lê Ân", "Lê Ánh")], [], [("Lê An", "Lê Ân")], [("–", "Lê An")]]
    sign_in("hr")
    assert names() == [[("Lê Ân", "Lê Ánh")], [], [], [("Lê An", "Lê Ân")], [], [("–", "Lê An")]]


def test_changes_a_leader_may_not_see_take_no_room_on_the_pages_of_a_history(client, sign_in, office):
    staff = StaffBuilder(posting__unit=office["division"])
    for number in range(60):
        staff.is_ethnic_minority, staff.birth_date = number % 2 == 0, datetime.date(1980, 1, 1 + number // 2)
        save_staff(staff, UserBuilder())
    sign_in("leader", office["bureau"])
    # Each second change moves the mark only.
    first, second = (client.get(f"/personnel/{staff.code}/history/?page={page}").context for page in (1, 2))
    assert first["page_obj"].paginator.count == 31
    assert (len(first["entries"]), len(second["entries"])) == (25, 6)
    assert all(len(entry.changes) == 1 for entry in (*first["entries"], *second["entries"][:-1]))


def test_leader_reaches_neither_forms_nor_people_elsewhere(client, sign_in, office):
    staff = StaffBuilder(posting__unit=office["other"])
    sign_in("leader", office["bureau"])
    assert client.get("/new/staff/").status_code == 403
    assert client.get(edit_url(staff)).status_code == 403
    assert client.get(f"/personnel/{staff.code}/history/").status_code == 404


def test_a_code_with_a_slash_has_an_address(client, hr):
    staff = StaffBuilder(code="HĐ/12-Đ.1")
    assert client.get("/personnel/HĐ~12-Đ.1/edit/").context["record"] == staff


def test_refused_form_still_stands_at_the_person_it_edits(client, hr):
    StaffBuilder(code="CB0002")
    staff = StaffBuilder(code="CB0001", full_name="Lê An")
    sent = as_typed(staff, code="CB0002", full_name="Lê Ánh", version=current_version(staff))
    page = client.post(edit_url(staff), sent).content.decode()
    assert "<h1>Sửa Lê An</h1>" in page
    assert 'href="/personnel/CB0001/history/"' in page
    assert 'href="/personnel/CB0002/' not in page
