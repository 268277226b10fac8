"""Whom a row of a list means: each rule with its example, and never a wrong one."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.lists.matching import Match, Matcher, Wanted, match_tables
from exchange.lists.people import People, Person, births_agree, names_agree
from exchange.lists.units import Units
from exchange.lists.words import person_words
from exchange.services.answers import forget, remember
from personnel.models import Staff, Unit
from tests.builders import EnrollmentBuilder, PostingBuilder, StaffBuilder, UnitBuilder, UserBuilder

DAY = date(2012, 3, 5)
BEFORE = date(2011, 12, 31)


@pytest.fixture
def office(db):
    """A bureau with a division, and another bureau."""
    bureau = UnitBuilder(code="QT", name="Cục Quản trị")
    UnitBuilder(code="QT-LT", name="Phòng Lễ tân", parent=bureau)
    UnitBuilder(code="HC", name="Vụ Hành chính")


def person(code: str, name: str, birth: str | None = None, unit: str | None = "HC", **more) -> Staff:
    """Somebody with a posting on the day in the unit of a code; without a unit, with one that ended before."""
    born = birth and date.fromisoformat(birth)
    staff = StaffBuilder(code=code, full_name=name, birth_date=born, posting=None, **more)
    if unit:
        PostingBuilder(staff=staff, unit=Unit.objects.get(code=unit))
    else:
        PostingBuilder(staff=staff, unit=Unit.objects.get(code="HC"), end=BEFORE)
    return staff


def matched(*rows: dict, user=None) -> list[Match]:
    units = Units(DAY, user)
    table = [
        Wanted(**{"row": number, **row, "unit": row.get("unit") and Unit.objects.get(code=row["unit"]).pk})
        for number, row in enumerate(rows, start=2)
    ]
    (matches,) = match_tables([table], DAY, units, user)
    return matches


def said(name: str, user=None, **row) -> tuple[str, str | None, list[str], list[str]]:
    """Match, rule, codes of the candidates and remarks of a row."""
    (match,) = matched({"name": name, **row}, user=user)
    assert match.staff == (match.candidates[0] if match.match == "one" else None)
    return match.match, match.by, [found.code for found in match.candidates], list(match.remarks)


# --- names and births


@pytest.mark.parametrize(
    ("listed", "known"),
    [
        ("NGUYỄN VĂN AN", "Nguyễn Văn An"),
        (unicodedata.normalize("NFD", "Nguyễn Thuý Hoà"), "Nguyễn Thúy Hòa"),
        ("Ðỗ Văn  Đức", "Đỗ Văn Đức"),
        ("Lý Mỹ Quí", "Lí Mĩ Quý"),
        ("Nguyen Van An", "Nguyễn Văn Ấn"),
        ("Do Thi Ly", "Đỗ Thị Lí"),
    ],
)
def test_names_agree_that_are_the_same_letters_or_have_no_diacritic_in_the_list(listed, known):
    assert names_agree(listed, known)


@pytest.mark.parametrize(
    ("listed", "known"),
    [
        ("Mai Lan Ánh", "Mai Lan Anh"),
        ("Nguyễn Van An", "Nguyễn Văn An"),
        ("Đo Thi Ly", "Đỗ Thị Lý"),
        ("Nguyễn Văn", "Nguyễn Văn An"),
        ("Lê Thị Huy", "Lê Thị Hui"),
        ("", "An"),
    ],
)
def test_other_names_do_not_agree(listed, known):
    assert not names_agree(listed, known)


def test_births_agree_to_the_precision_of_both():
    for one, other in (("1975-03-05", "1975-03-05"), ("1975", "1975-03-05"), ("1975-03-05", "1975-03")):
        assert births_agree(one, other)
    for one, other in (("1975-03-05", "1975-05-03"), ("1976", "1975-03-05"), ("1975", None)):
        assert not births_agree(one, other)


# --- 1. by code


def test_a_code_and_its_name_are_one_person(office):
    person("CB1", "Nguyễn Văn An", "1975-03-05")
    person("CB2", "Nguyễn Văn An", "1980-01-01", unit=None)
    assert said("Nguyễn Văn An", code="cb1") == ("one", "code", ["CB1"], [])
    assert said("Nguyen Van An", code="CB1", birth="1975") == ("one", "code", ["CB1"], [])
    assert said("Nguyễn Văn An", code="CB1", birth="1976") == (
        "one",
        "code",
        ["CB1"],
        ["Ngày sinh trong danh sách khác."],
    )
    away = "Không có giai đoạn công tác vào ngày 05/03/2012."
    assert said("Nguyễn Văn An", code="CB2") == ("one", "code", ["CB2"], [away])


def test_a_code_of_another_name_is_a_doubt_with_its_owner_first(office):
    person("CB1", "Trần Thị Bình")
    person("CB2", "Nguyễn Văn An")
    owner = ["CB1 là Trần Thị Bình."]
    assert said("Nguyễn Văn An", code="CB1") == ("doubt", None, ["CB1", "CB2"], owner)
    assert said("Nguyễn Văn Anh", code="CB1") == ("doubt", None, ["CB1", "CB2"], owner)
    assert said("", code="CB1") == ("doubt", None, ["CB1"], owner)
    assert said("Nguyễn Văn Anh", code="CB2")[:3] == ("doubt", None, ["CB2"])


def test_a_code_nobody_has_is_a_remark_and_the_name_decides(office):
    person("CB1", "Nguyễn Văn An", "1975-03-05")
    unknown = "Không ai có mã X9."
    assert said("Nguyễn Văn An", code="X9", birth="1975") == ("one", "name and birth", ["CB1"], [unknown])
    assert said("", code="X9") == ("none", None, [], [unknown])


# --- 2. in service


def test_whoever_is_out_of_service_is_a_doubt(office):
    person("CB1", "Nguyễn Văn An", "1975-03-05", unit=None)
    remark = "Không ai có họ tên này đang công tác vào ngày 05/03/2012."
    assert said("Nguyễn Văn An", birth="1975-03-05") == ("doubt", None, ["CB1"], [remark])


# --- 3. birth


def test_name_and_birth_are_one_person_whatever_the_unit(office):
    person("CB1", "Nguyễn Văn An", "1975-03-05")
    person("CB2", "Nguyễn Văn An", "1980-01-01", unit="QT")
    person("CB3", "Nguyễn Văn An")
    for birth in ("1975-03-05", "1975-03", "1975"):
        assert said("Nguyễn Văn An", birth=birth, unit="QT") == ("one", "name and birth", ["CB1"], [])


def test_of_several_with_the_birth_the_unit_decides(office):
    person("CB1", "Nguyễn Văn An", "1975-03-05")
    person("CB2", "Nguyễn Văn An", "1975-11-20", unit="QT-LT")
    person("CB3", "Nguyễn Văn An", "1980-01-01", unit="QT")
    assert said("Nguyễn Văn An", birth="1975", unit="QT") == ("one", "name and birth", ["CB2"], [])
    assert said("Nguyễn Văn An", birth="1975") == ("doubt", None, ["CB1", "CB2"], [])
    person("CB4", "Nguyễn Văn An", "1975-12-01", unit="QT")
    assert said("Nguyễn Văn An", birth="1975", unit="QT") == ("doubt", None, ["CB2", "CB4", "CB1"], [])


def test_a_birth_nobody_has_is_a_doubt_among_those_in_service_and_who_left_and_has_it(office):
    person("CB1", "Nguyễn Văn An", "1975-03-05")
    person("CB2", "Nguyễn Văn An", unit="QT")
    person("CB3", "Nguyễn Văn An", "1981-02-02", unit=None)
    person("CB4", "Nguyễn Văn An", "1982-02-02", unit=None)
    remark = "Không ai đang công tác có họ tên và ngày sinh này."
    assert said("Nguyễn Văn An", birth="1981") == ("doubt", None, ["CB1", "CB2", "CB3"], [remark])
    assert said("Nguyễn Văn An", birth="1981", unit="QT") == ("doubt", None, ["CB2", "CB1", "CB3"], [remark])


# --- 4. unit


def test_without_a_birth_the_unit_and_what_is_below_it_decide(office):
    person("CB1", "Nguyễn Văn An", "1975-03-05")
    person("CB2", "Nguyễn Văn An", unit="QT-LT")
    assert said("Nguyễn Văn An", unit="QT") == ("one", "name and unit", ["CB2"], [])
    person("CB3", "Nguyễn Văn An", unit="QT")
    assert said("Nguyễn Văn An", unit="QT") == ("doubt", None, ["CB2", "CB3"], [])


def test_a_unit_without_anybody_of_the_name_is_a_doubt_even_if_one_has_it(office):
    person("CB1", "Nguyễn Văn An")
    remark = "Không ai có họ tên này công tác ở đơn vị này."
    assert said("Nguyễn Văn An", unit="QT") == ("doubt", None, ["CB1"], [remark])


def test_a_unit_is_that_of_the_day(office):
    staff = person("CB1", "Nguyễn Văn An", unit=None)
    PostingBuilder(staff=staff, unit=Unit.objects.get(code="QT"), start=date(2012, 1, 1), end=DAY)
    PostingBuilder(staff=staff, unit=Unit.objects.get(code="HC"), start=date(2012, 3, 6))
    assert said("Nguyễn Văn An", unit="QT")[:3] == ("one", "name and unit", ["CB1"])


# --- 5. the name alone


def test_one_person_of_the_name_is_found_by_it_with_a_remark(office):
    person("CB1", "Nguyễn Văn An")
    remark = "Chỉ nhận ra theo họ tên: danh sách không có ngày sinh và đơn vị."
    assert said("Nguyễn Văn An") == ("one", "name", ["CB1"], [remark])
    not_understood = "Chỉ nhận ra theo họ tên: không hiểu ngày sinh hoặc đơn vị trong danh sách."
    for row in ({"birth_text": "31/2/1975"}, {"unit_text": "Vụ X"}):
        assert said("Nguyễn Văn An", **row) == ("one", "name", ["CB1"], [not_understood])
    person("CB2", "Nguyễn Văn An", unit="QT")
    assert said("Nguyễn Văn An") == ("doubt", None, ["CB1", "CB2"], [])


def test_an_exact_name_does_not_go_before_a_folded_one(office):
    person("CB1", "Mai Lan Anh")
    person("CB2", "Mai Lan Ánh")
    assert said("Mai Lan Anh")[:3] == ("doubt", None, ["CB1", "CB2"])
    assert said("Mai Lan Ánh")[:3] == ("one", "name", ["CB2"])


# --- 6. sex, and the same person twice


@pytest.mark.parametrize("row", [{"code": "CB1"}, {"birth": "1975"}, {"unit": "HC"}, {}])
def test_another_sex_makes_a_doubt_of_the_only_candidate(office, row):
    person("CB1", "Nguyễn Văn An", "1975-03-05")
    match, by, codes, remarks = said("Nguyễn Văn An", gender="female", **row)
    assert (match, by, codes, remarks[0]) == ("doubt", None, ["CB1"], "Giới tính trong danh sách khác.")
    assert said("Nguyễn Văn An", gender="male", **row)[0] == "one"


def test_the_same_person_twice_in_a_table_is_remarked_at_the_later_row(office):
    staff = person("CB1", "Nguyễn Văn An", "1975-03-05")
    row, other = {"name": "Nguyễn Văn An", "birth": "1975"}, {"name": "NGUYEN VAN AN", "code": "CB1"}
    first, stranger, later = matched(row, {"name": "Lê Thị Hoa"}, other)
    assert (first.staff.pk, first.repeats, list(first.remarks)) == (staff.pk, None, [])
    assert (later.staff.pk, later.repeats, list(later.remarks)) == (staff.pk, 2, ["Cùng một người với dòng 2."])
    assert stranger.match == "none"
    tables = [[Wanted(2, **row)], [Wanted(7, **row)]]
    assert [match.repeats for (match,) in match_tables(tables, DAY, Units(DAY))] == [None, None]


# --- 7. nobody


def test_the_nearest_names_are_first_equal_when_folded_then_by_distance_within_the_unit_first(office):
    person("CB1", "Nguyễn Văn Ân")
    person("CB2", "Nguyễn Văn Anh", unit="QT")
    person("CB3", "Nguyễn Văn Ban")
    person("CB4", "Nguyễn Văn Anh", unit="HC")
    person("CB5", "Lê Thị Hoa")
    assert said("Nguyễn Văn Án") == ("none", None, ["CB1", "CB2", "CB4"], [])
    assert said("Nguyễn Văn Án", unit="HC") == ("none", None, ["CB1", "CB4", "CB3"], [])
    assert said("Trần Quang Khải") == ("none", None, [], [])


def test_of_names_as_near_whoever_is_in_service_comes_first(office):
    person("CB1", "Nguyễn Văn Anh", unit=None)
    person("CB2", "Nguyễn Văn Ang")
    assert said("Nguyễn Văn Án")[2] == ["CB2", "CB1"]


# --- remembered answers


def test_an_answer_comes_before_all_rules_for_the_same_words(office):
    person("CB1", "Nguyễn Văn An", "1975-03-05")
    other = person("CB2", "Nguyễn Thị Hoà", "1980-01-01")
    words = person_words("Nguyễn Văn An", "1975", "Cục QT", "CB1")
    answer = remember(words, UserBuilder(), staff=other)
    row = {"code": "cb1", "birth": "1975", "birth_text": "1975", "unit_text": "Cuc  QT", "gender": "male"}
    assert said("NGUYỄN VĂN AN", **row) == ("one", "answer", ["CB2"], [])
    assert said("Nguyễn Văn An", **{**row, "birth_text": "3/1975"})[1:3] == ("code", ["CB1"])
    forget(answer, UserBuilder())
    assert said("NGUYỄN VĂN AN", **row)[1:3] == ("code", ["CB1"])


def test_an_answer_is_not_used_for_somebody_without_a_posting_on_the_day(office):
    person("CB1", "Nguyễn Văn An")
    remember(person_words("Nguyễn Văn An", None, None, None), None, staff=person("CB2", "Nguyễn Văn Ân", unit=None))
    assert said("Nguyễn Văn An")[:3] == ("one", "name", ["CB1"])


def test_an_answer_is_of_the_birth_as_it_stood_understood_or_not(office):
    person("CB1", "Nguyễn Văn An", "1975-03-05")
    other = person("CB2", "Nguyễn Văn An", "1980-01-01")
    remember(person_words("Nguyễn Văn An", "31/2/1975", None, None), None, staff=other)
    assert said("Nguyễn Văn An", birth_text="31/2/1975")[:3] == ("one", "answer", ["CB2"])
    for birth in ("30/2/1975", None):
        assert said("Nguyễn Văn An", birth_text=birth)[:3] == ("doubt", None, ["CB1", "CB2"])


def test_another_sex_makes_a_doubt_of_an_answer_too(office):
    remember(person_words("Nguyễn Văn An", None, None, None), None, staff=person("CB1", "Nguyễn Văn Ân"))
    assert said("Nguyễn Văn An", gender="male")[:3] == ("one", "answer", ["CB1"])
    remark = ["Giới tính trong danh sách khác."]
    assert said("Nguyễn Văn An", gender="female") == ("doubt", None, ["CB1"], remark)


# --- who asks


def test_a_leader_is_told_of_nobody_else(office):
    person("CB1", "Nguyễn Văn An", "1975-03-05")
    own = person("CB2", "Nguyễn Văn An", "1980-01-01", unit="QT-LT")
    moved = person("CB3", "Lê Thị Hoa")
    EnrollmentBuilder(staff=moved, session__start=DAY)
    moved.enrollments.update(unit=Unit.objects.get(code="QT"))
    leader = UserBuilder(role="leader", unit=Unit.objects.get(code="QT"))
    assert said("Nguyễn Văn An", leader)[:3] == ("one", "name", [own.code])
    assert said("Nguyễn Văn Anh", leader)[2] == ["CB2"]
    assert said("Trần Văn B", leader, code="CB1")[3] == ["Không ai có mã CB1."]
    # Seen for what is recorded in the own unit; where the posting of the day is, is not told.
    (match,) = matched({"name": "Lê Thị Hoa"}, user=leader)
    assert (match.match, match.candidates[0].unit, match.candidates[0].position) == ("doubt", None, None)
    assert said("Nguyễn Văn An", UserBuilder(role="hr"))[0] == "doubt"


def test_a_handful_of_queries_however_many_rows(office, django_assert_num_queries):
    for number in range(20):
        person(f"CB{number}", f"Nguyễn Văn {'ABCDEFGHIKLMNOPQRSTU'[number]}nh")
    remember(person_words("Ai", None, None, None), None, staff=Staff.objects.get(code="CB3"))
    units = Units(DAY)
    rows = [Wanted(n, f"Nguyễn Văn {'ABCX'[n % 4]}nh", code=f"CB{n}") for n in range(200)]
    rows += [Wanted(201, "Ai"), Wanted(202, "Lê Thị Hoa")]
    # Answers; people by name, code and answer; names that are nearest, and whose they are.
    with django_assert_num_queries(6):
        match_tables([rows[:100], rows[100:]], DAY, units)


# --- never a wrong one


class _Tree:
    """Units 1 and 2, with 11 and 21 below them."""

    def is_below(self, unit: int | None, other: int) -> bool:
        return unit is not None and other in (unit, unit // 10)


SPELLINGS = ["Hoà", "Hòa", "Hoa", "Hoá", "Lý", "Lí", "Ly", "Quý", "Quí", "Qui", "Đỗ", "Do", "Ánh", "Anh"]
NAMES = st.lists(st.sampled_from(SPELLINGS), min_size=1, max_size=2).map(" ".join)
BIRTHS = st.sampled_from([None, "1975", "1975-03", "1975-03-05", "1975-03-06", "1976"])
SEXES = st.sampled_from(["male", "female"])
PEOPLE = st.lists(
    st.builds(
        Person,
        pk=st.integers(1, 9),
        code=st.just(""),
        name=NAMES,
        birth=BIRTHS,
        gender=SEXES,
        unit=st.sampled_from([None, 1, 11, 2, 21]),
        position=st.none(),
    ).map(lambda made: made._replace(code=f"CB{made.pk}")),
    unique_by=lambda made: made.pk,
    max_size=7,
)
ROWS = st.builds(
    Wanted,
    row=st.just(2),
    name=NAMES,
    code=st.sampled_from([None, "CB1", "cb2", "X"]),
    birth=BIRTHS,
    gender=st.one_of(st.none(), SEXES),
    unit=st.sampled_from([None, 1, 11, 2]),
)


def outcome(row: Wanted, people: list[Person]) -> tuple:
    match = Matcher(DAY, _Tree(), People(people)).match(row)
    return match.match, match.by, {found.pk for found in match.candidates}, match.remarks


@settings(max_examples=500, deadline=None)
@given(PEOPLE, ROWS)
def test_one_is_nobody_whose_name_or_sex_or_only_birth_is_another(people, row):
    match = Matcher(DAY, _Tree(), People(people)).match(row)
    if match.staff is None:
        assert (match.by, match.match) in {(None, "doubt"), (None, "none")}
        return
    found, agreeing = match.staff, [other for other in people if names_agree(row.name, other.name)]
    assert found in agreeing and row.gender in (None, found.gender)
    if match.by == "code":
        assert found.code == row.code.upper()
        return
    assert found.is_serving
    serving = [other for other in agreeing if other.is_serving]
    if row.birth:
        assert births_agree(row.birth, found.birth)
        serving = [other for other in serving if births_agree(row.birth, other.birth)]
    if len(serving) > 1:
        inside = [other for other in serving if row.unit and _Tree().is_below(other.unit, row.unit)]
        assert inside == [found]


@settings(max_examples=300, deadline=None)
@given(PEOPLE, ROWS, st.randoms(use_true_random=False))
def test_order_form_and_place_of_the_tone_mark_change_nothing(people, row, random):
    other = Wanted(
        row.row,
        unicodedata.normalize("NFD", row.name.replace("Hoà", "Hòa").replace("Lý", "Lí")).upper(),
        row.code,
        row.birth,
        row.gender,
        row.unit,
    )
    shuffled = [made._replace(name=unicodedata.normalize("NFD", made.name)) for made in people]
    random.shuffle(shuffled)
    plain_remarks = [made for made in people if made.code == (row.code or "").upper()]
    first, second = outcome(row, people), outcome(other, shuffled)
    assert first[:3] == second[:3]
    assert plain_remarks or first[3] == second[3]
