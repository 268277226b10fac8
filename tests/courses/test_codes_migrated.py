"""A database of an earlier version: its codes and its Ð are mended by `migrate`, which merges nothing."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

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

PAST_STAFF = ("personnel", "HistoricalStaff")


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


def test_codes_that_differ_in_case_alone_stop_it_before_anything_is_changed_until_they_are_renamed(earlier, capsys):
    people(earlier, CB0001="Ðỗ An", cb0001="Đỗ Anh", CB0002="Lê Bình")
    unit = earlier.get_model("personnel", "Unit")
    stored(unit, code="Ð1", name="Vụ Ð")
    stored(unit, code="đ1", name="Vụ Đ")
    with pytest.raises(CommandError) as stopped:
        migrate()
    assert str(stopped.value) == (
        "Chưa thay đổi gì. Các mã hoặc tên đăng nhập sau chỉ khác nhau ở chữ hoa, chữ thường hoặc ở Ð thay cho Đ:\n"
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
        "Đỗ Anh",
        "Lê Bình",
    }

    call_command("rename_code", "staff", "cb0001", "CB0001B")
    call_command("rename_code", "unit", "đ1", "Đ2")
    assert capsys.readouterr().err == "cb0001 nay là CB0001B.\nđ1 nay là Đ2.\n"
    migrate()
    anh = Staff.objects.get(code="cb0001b")
    assert (anh.code, anh.full_name, anh.code_key) == ("CB0001B", "Đỗ Anh", "cb0001b")
    assert anh.search == search_text("CB0001B", "Đỗ Anh")
    changed = anh.history.get()
    assert (changed.code, changed.history_type) == ("CB0001B", "~")
    assert changed.history_change_reason == "Đổi mã bằng manage.py rename_code"
    assert Staff.objects.get(code="cb0001").full_name == "Đỗ An"
    assert set(Unit.objects.values_list("code", flat=True)) == {"Đ1", "Đ2"}


def test_eth_is_mended_and_nothing_merged_and_all_of_it_is_said(earlier, capsys):
    """In one test, since going back and forth takes a while."""
    staff, unit, provider, past = (
        earlier.get_model(app, name)
        for app, name in [("personnel", "Staff"), ("personnel", "Unit"), ("courses", "Provider"), PAST_STAFF]
    )
    people(earlier, CB1="Ðặng Yên", CB2="Trần ðức", CB3="Đặng Yên", СВ0001="Lê An")
    old, new = stored(unit, code="CU", name="Vụ cũ"), stored(unit, code="ÐT", name="Vụ Ðào tạo")
    new.predecessors.add(old)
    for name in ("Ðại học Luật", "Đại học Luật", "Trường Ðội", "Trường ðội"):
        stored(provider, name=name)
    gone = stored(staff, code="CB9", full_name="Lê Mất")
    deleted = {"history_date": timezone.now(), "history_type": "-"}
    past.objects.create(id=gone.pk, code="CB9", full_name="Lê Mất", gender="male", **deleted)
    staff.objects.filter(pk=gone.pk).delete()
    migrate()

    assert set(capsys.readouterr().out.splitlines()) == {
        "Cán bộ: đã sửa Ð thành Đ ở 2 bản ghi, ví dụ: Ðặng Yên → Đặng Yên; Trần ðức → Trần đức.",
        "Đơn vị: đã sửa Ð thành Đ ở 1 bản ghi, ví dụ: Vụ Ðào tạo → Vụ Đào tạo; ÐT → ĐT.",
        "Cán bộ: giữ nguyên mã không viết bằng chữ La-tinh; đổi bằng rename_code: СВ0001.",
        "Cơ sở đào tạo: đã sửa Ð thành Đ ở 2 bản ghi, ví dụ: Trường Ðội → Trường Đội; Trường ðội → Trường đội.",
        "Cơ sở đào tạo: giữ nguyên vì đã có tên này viết bằng Đ: Ðại học Luật.",
    }
    yen = Staff.objects.get(code="CB1")
    assert (yen.full_name, yen.search) == ("Đặng Yên", search_text("CB1", "Đặng Yên"))
    assert yen.sort_key == name_sort_key("Đặng Yên")
    change = yen.history.get()
    assert (change.full_name, change.history_user) == ("Đặng Yên", None)
    assert change.history_change_reason == "Ghi Ð thành Đ"
    assert not Staff.objects.get(code="CB3").history.exists()
    assert Staff.objects.get(code="св0001").full_name == "Lê An"

    department = Unit.objects.get(code="đt")
    assert (department.code, department.name) == ("ĐT", "Vụ Đào tạo")
    assert department.search == search_text("ĐT", "Vụ Đào tạo", "")
    assert many_to_many(department.history.get()) == {"predecessors": [old.pk]}

    names = ["Ðại học Luật", "Đại học Luật", "Trường Đội", "Trường đội"]
    assert list(Provider.objects.order_by("pk").values_list("name", flat=True)) == names
    # Nobody new gets the number, and so the history, of a person who was deleted.
    assert Staff.objects.create(code="CB10", full_name="Lê Bình", gender="male").pk > gone.pk


@pytest.mark.django_db
def test_the_database_refuses_a_code_that_differs_in_case_alone():
    Unit.objects.create(code="ĐT", name="Vụ Đào tạo")
    with pytest.raises(IntegrityError):
        Unit.objects.create(code="đt", name="Vụ khác")
