"""The right person first: what is equal before what begins so, whole words before parts of them, then by name."""

import re
import unicodedata
from collections.abc import Callable

import openpyxl
import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from personnel.models import Staff, User
from personnel.views.pickers import find_staff
from tests.builders import CourseBuilder, SessionBuilder, StaffBuilder, UnitBuilder, UserBuilder

pytestmark = pytest.mark.django_db

_TONE = "[\\u0300\\u0309\\u0303\\u0301\\u0323]"


def other_placement(name: str) -> str:
    """The name with the tone mark on the other vowel of òa, òe, ùy."""
    marks = unicodedata.normalize("NFD", name)
    old_style = re.sub(rf"([oO])({_TONE})([aAeE])(?!\w)|([uU])({_TONE})([yY])(?!\w)", r"\1\3\2\4\6\5", marks)
    new_style = re.sub(rf"([oO])([aAeE])({_TONE})(?!\w)|(?<![qQ])([uU])([yY])({_TONE})(?!\w)", r"\1\3\2\4\6\5", marks)
    return unicodedata.normalize("NFC", old_style if old_style != marks else new_style)


WRITINGS: dict[str, Callable[[str], str]] = {
    "as stored": str,
    "in capitals, decomposed": lambda name: unicodedata.normalize("NFD", name.upper()),
    "with the tone mark on the other vowel": other_placement,
}


def names_found(user: User, query: str) -> list[str]:
    return [staff.full_name for staff in find_staff(user, query)]


def several(client, query: str, url: str = "/pick/staff/") -> bool:
    return client.get(url, {"q": query}).json()["several"]


def test_the_order_of_what_is_found(client, sign_in):
    for name in (
        "Lê Mai Thị Hòan",  # parts: "hoa" within a word
        "Phan Hòa Mai Thị",  # whole words, in another order
        "Mai Thị Hòa Bình",  # begins so
        "Mai Thị Hoa",  # equal without diacritics
        "Mai Thị Hòa",  # equal
        "Mai Thị An",
    ):
        StaffBuilder(full_name=name, posting=None)
    StaffBuilder(full_name="An Bình", code="MAI", posting=None)
    user = UserBuilder()
    assert names_found(user, "mai thị hoà") == [
        "Mai Thị Hòa",
        "Mai Thị Hoa",
        "Mai Thị Hòa Bình",
        "Phan Hòa Mai Thị",
        "Lê Mai Thị Hòan",
    ]
    assert names_found(user, "mai")[0] == "An Bình"


def test_equal_names_stand_before_more_than_twenty_that_are_equal_without_diacritics():
    StaffBuilder.create_batch(30, full_name="Tô Thúy Thúy", posting=None)
    StaffBuilder(full_name="Tô Minh Thủy", posting=None)
    StaffBuilder(full_name="Tô Thùy Thủy", posting=None)
    user = UserBuilder()
    assert names_found(user, "tô thùy thủy")[0] == "Tô Thùy Thủy"
    assert names_found(user, "to thuy thuy")[20:] == []


@pytest.mark.parametrize("writing", WRITINGS)
def test_each_name_of_the_demonstration_is_found_first(writing):
    book = openpyxl.load_workbook(settings.BASE_DIR / "demo" / "so-dao-tao-2011-2012.xlsx", read_only=True)
    rows = book["Cán bộ"].iter_rows(values_only=True)
    heading = next(row for row in rows if "Họ và tên" in row)
    name, code = heading.index("Họ và tên"), heading.index("Mã cán bộ")
    people = [Staff(code=row[code], full_name=row[name], gender="male") for row in rows if row[code]]
    Staff.objects.bulk_create(people)
    user, written = UserBuilder(), WRITINGS[writing]
    names = sorted({staff.full_name for staff in people})
    asked = names if writing == "as stored" else names[::5]
    assert [name for name in asked if names_found(user, written(name))[0] != name] == []


syllables = st.sampled_from(
    ["An", "Ân", "Ánh", "Hoa", "Hòa", "Hóa", "Thùy", "Thúy", "Thủy", "Quý", "Lý", "Tô", "Tổ", "Đức"]
)
full_names = st.lists(syllables, min_size=1, max_size=4).map(" ".join)


@given(st.lists(full_names, min_size=2, max_size=25), st.sampled_from(list(WRITINGS)))
@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_names_each_is_found_first(db, names, writing):
    Staff.objects.all().delete()
    Staff.objects.bulk_create(Staff(code=f"X{i}", full_name=name, gender="male") for i, name in enumerate(names))
    user = User(role=User.Role.HR)
    for name in set(names):
        assert names_found(user, WRITINGS[writing](name))[0] == name


def test_several_of_one_name_are_said_so_that_no_key_chooses_one(client, sign_in):
    sign_in("hr")
    for code, name in (("CB1", "Tô Thùy Thủy"), ("CB2", "Tô Thuỳ Thuỷ"), ("CB3", "Tô Thúy Thủy"), ("CB4", "Lê An")):
        StaffBuilder(code=code, full_name=name, posting=None)
    assert several(client, "tô thùy thủy")
    assert several(client, "thùy thủy")
    assert several(client, "to thuy thuy")
    assert not several(client, "tô thúy thủy")
    assert not several(client, "cb1")
    assert not several(client, "lê an") and not several(client, "le")


def test_units_and_classes_are_found_in_the_same_order(client, sign_in):
    sign_in("hr")
    for code, name in (("A", "Phòng Tổng hợp Vụ Pháp luật"), ("B", "Vụ Pháp luật quốc tế"), ("C", "Vụ Pháp luật")):
        UnitBuilder(code=code, name=name)
        SessionBuilder(code=f"L{code}", name=name)
    results = client.get("/pick/unit/", {"q": "vu phap luat"}).json()["results"]
    assert [result["note"] for result in results] == ["C", "B", "A"]
    results = client.get("/pick/session/", {"q": "vu phap luat"}).json()["results"]
    assert [result["value"] for result in results] == ["LC", "LB", "LA"]


def test_lists_show_the_nearest_first_unless_an_order_is_chosen(client, sign_in):
    sign_in("hr")
    for name in ("Mai Hòa An", "Mai Hoa", "Mai Hòa"):
        StaffBuilder(full_name=name, posting=None)
        CourseBuilder(name=name)

    def shown(url, **query):
        return [
            getattr(row.record, "full_name", None) or row.record.name
            for row in client.get(url, query).context["table"].rows
        ]

    assert shown("/personnel/", q="mai hòa") == ["Mai Hòa", "Mai Hoa", "Mai Hòa An"]
    assert shown("/personnel/", q="mai hòa", sort="full_name") == ["Mai Hòa An", "Mai Hoa", "Mai Hòa"]
    assert shown("/courses/", q="mai hòa") == ["Mai Hòa", "Mai Hoa", "Mai Hòa An"]
    assert "gần với nội dung tìm nhất trước" in client.get("/personnel/?q=mai").content.decode()


def test_accounts_are_found_in_the_same_order(client, sign_in):
    sign_in("admin")
    for username, name in (("a1", "Mai Hòa An"), ("a2", "Mai Hoa"), ("a3", "Mai Hòa")):
        UserBuilder(username=username, full_name=name)
    rows = client.get("/accounts/users/?q=mai hòa").context["table"].rows
    assert [row.record.username for row in rows] == ["a3", "a2", "a1"]
