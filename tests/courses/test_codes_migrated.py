"""A database of an earlier version: its codes and its Ð are mended by `migrate`, which merges nothing."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.db.migrations.executor import MigrationExecutor

from courses.models import Provider
from courses.seed import seed_code_lists
from personnel.models import Staff, Unit
from vpcp_training.history import many_to_many
from vpcp_training.searching import search_text
from vpcp_training.text import name_sort_key

EARLIER = [
    ("enrollments", "0006_indexes_that_hold_what_is_counted"),
    ("courses", "0005_providers_in_vietnamese_order"),
    ("personnel", "0005_temporary_passwords"),
]


@pytest.fixture
def earlier(transactional_db):
    """The models of the version before codes were compared without regard to case, and its tables."""
    MigrationExecutor(connection).migrate(EARLIER)
    yield MigrationExecutor(connection).loader.project_state(EARLIER).apps
    call_command("flush", interactive=False, verbosity=0)
    migrate()
    seed_code_lists()


def migrate() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def columns_of(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}


def stored(model, **texts: str):
    """A record whose texts stand in the database as an earlier version wrote them, with Ð."""
    more = {"gender": "male"} if model.__name__ == "Staff" else {}
    record = model.objects.create(**{name: f"x{model.objects.count()}" for name in texts}, **more)
    with connection.cursor() as cursor:
        for name, text in texts.items():
            cursor.execute(f"UPDATE {model._meta.db_table} SET {name} = %s WHERE id = %s", [text, record.pk])
    return record


def people(earlier, **names: str) -> None:
    """Staff members by their codes."""
    for code, name in names.items():
        stored(earlier.get_model("personnel", "Staff"), code=code, full_name=name)


def test_codes_that_differ_in_case_alone_stop_it_before_anything_is_changed(earlier, capsys):
    people(earlier, CB0001="Ðỗ An", cb0001="Đỗ An", CB0002="Lê Bình")
    unit = earlier.get_model("personnel", "Unit")
    stored(unit, code="Ð1", name="Vụ Ð")
    stored(unit, code="đ1", name="Vụ Đ")
    with pytest.raises(CommandError) as stopped:
        migrate()
    assert str(stopped.value) == (
        "Chưa thay đổi gì. Các mã sau chỉ khác nhau ở chữ hoa, chữ thường hoặc ở Ð thay cho Đ:\n"
        "  unit: Ð1, đ1\n"
        "  staff: CB0001, cb0001\n"
        "Trên mỗi dòng, giữ lại một mã và đổi các mã còn lại, ví dụ: manage.py rename_code staff cb0001 CB0001B, "
        "rồi chạy lại migrate."
    )
    assert capsys.readouterr().out == ""
    assert "code_key" not in columns_of("personnel_staff")
    assert "code_key" not in columns_of("courses_course")
    assert set(earlier.get_model("personnel", "Staff").objects.values_list("full_name", flat=True)) == {
        "Ðỗ An",
        "Đỗ An",
        "Lê Bình",
    }


def test_rename_code_works_before_migrating(earlier, capsys):
    people(earlier, CB0001="Đỗ An", cb0001="Đỗ Anh")
    call_command("rename_code", "staff", "cb0001", "CB0001B")
    assert capsys.readouterr().err == "cb0001 nay là CB0001B.\n"
    migrate()
    anh = Staff.objects.get(code="cb0001b")
    assert (anh.code, anh.full_name, anh.code_key) == ("CB0001B", "Đỗ Anh", "cb0001b")
    assert anh.search == search_text("CB0001B", "Đỗ Anh")
    changed = anh.history.get()
    assert (changed.code, changed.history_type) == ("CB0001B", "~")
    assert changed.history_change_reason == "Đổi mã bằng manage.py rename_code"
    assert Staff.objects.get(code="cb0001").full_name == "Đỗ An"


def test_eth_is_mended_with_what_is_derived_from_it_and_what_was_changed_is_said(earlier, capsys):
    people(earlier, CB1="Ðặng Yên", CB2="Trần ðức", CB3="Đặng Yên")
    migrate()
    said = capsys.readouterr().out
    assert "Cán bộ: đã sửa Ð thành Đ ở 2 bản ghi, ví dụ: Ðặng Yên → Đặng Yên; Trần ðức → Trần đức." in said
    yen = Staff.objects.get(code="CB1")
    assert (yen.full_name, yen.search) == ("Đặng Yên", search_text("CB1", "Đặng Yên"))
    assert yen.sort_key == name_sort_key("Đặng Yên")
    change = yen.history.get()
    assert (change.full_name, change.history_user) == ("Đặng Yên", None)
    assert change.history_change_reason == "Ghi Ð thành Đ"
    assert not Staff.objects.get(code="CB3").history.exists()


def test_a_mended_unit_keeps_its_predecessors_in_the_history(earlier):
    unit = earlier.get_model("personnel", "Unit")
    old, new = stored(unit, code="CU", name="Vụ cũ"), stored(unit, code="ÐT", name="Vụ Ðào tạo")
    new.predecessors.add(old)
    migrate()
    mended = Unit.objects.get(code="đt")
    assert (mended.code, mended.name) == ("ĐT", "Vụ Đào tạo")
    assert mended.search == search_text("ĐT", "Vụ Đào tạo", "")
    assert many_to_many(mended.history.get()) == {"predecessors": [old.pk]}


def test_names_whose_mended_form_another_bears_and_codes_in_another_script_stay_and_are_said(earlier, capsys):
    provider = earlier.get_model("courses", "Provider")
    for name in ("Ðại học Luật", "Đại học Luật", "Trường Ðội", "Trường ðội"):
        stored(provider, name=name)
    people(earlier, СВ0001="Lê An")
    migrate()
    said = capsys.readouterr().out
    assert "Cơ sở đào tạo: giữ nguyên vì đã có tên này viết bằng Đ: Ðại học Luật." in said
    assert "Cán bộ: giữ nguyên mã không viết bằng chữ La-tinh; đổi bằng rename_code: СВ0001." in said
    assert set(Provider.objects.values_list("name", flat=True)) == {
        "Ðại học Luật",
        "Đại học Luật",
        "Trường Đội",
        "Trường đội",
    }
    assert Staff.objects.get(code="св0001").full_name == "Lê An"


def test_a_new_person_never_gets_the_number_of_a_deleted_one(earlier):
    staff, past = (earlier.get_model("personnel", name) for name in ("Staff", "HistoricalStaff"))
    gone = staff.objects.create(code="CB1", full_name="Lê An", gender="male")
    about = {"history_date": datetime.datetime.now(datetime.UTC), "history_type": "-"}
    past.objects.create(id=gone.pk, code="CB1", full_name="Lê An", gender="male", **about)
    number = gone.pk
    gone.delete()
    migrate()
    assert Staff.objects.create(code="CB2", full_name="Lê Bình", gender="male").pk > number


@pytest.mark.django_db
def test_the_database_refuses_a_code_that_differs_in_case_alone():
    Unit.objects.create(code="ĐT", name="Vụ Đào tạo")
    with pytest.raises(IntegrityError):
        Unit.objects.create(code="đt", name="Vụ khác")
