"""Two accounts never have user names that differ in the case of letters alone: the database holds it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from courses.seed import seed_code_lists
from personnel.models import User
from tests.builders import UserBuilder
from tests.unfinished import unfinished

EARLIER = [("personnel", "0013_names_alike_filled")]


@pytest.fixture
def earlier(transactional_db):
    """The accounts as an earlier version stored them."""
    MigrationExecutor(connection).migrate(EARLIER)
    yield MigrationExecutor(connection).loader.project_state(EARLIER).apps.get_model("personnel", "User")
    call_command("flush", interactive=False, verbosity=0)
    migrate()
    seed_code_lists()


def migrate() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.mark.django_db
@pytest.mark.parametrize("username", ["hoa.đ", "HOA.Đ", "Hoa.đ"])
def test_the_database_refuses_one_that_differs_in_case_alone(username):
    UserBuilder(username="Hoa.Đ")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserBuilder(username=username)


@pytest.mark.django_db
def test_the_form_says_that_it_is_taken_also_with_vietnamese_letters(client, sign_in):
    sign_in("admin")
    UserBuilder(username="Hoa.Đ")
    response = client.post("/accounts/users/add/", {"username": "hoa.đ", "role": "hr"})
    assert response.status_code == 422
    assert response.context["form"].errors == {"username": ["Tên đăng nhập này đã có. Chọn tên khác."]}


@pytest.mark.django_db
def test_the_command_for_the_first_administrator_says_that_it_is_taken():
    UserBuilder(username="Hoa.Đ")
    with pytest.raises(CommandError, match="^Tên đăng nhập này đã có. Chọn tên khác.$"):
        call_command("createsuperuser", "--noinput", username="hoa.đ", full_name="Hoa", verbosity=0)
    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_of_two_administrators_at_the_same_moment_the_second_is_told(client, sign_in):
    sign_in("admin")
    with unfinished(lambda: UserBuilder(username="HOA")):
        response = client.post("/accounts/users/add/", {"username": "hoa", "role": "hr"})
    assert response.status_code == 409
    assert "Người khác vừa lưu" in response.content.decode()
    assert list(User.objects.filter(username__iexact="hoa").values_list("username", flat=True)) == ["HOA"]


def test_stored_ones_stop_the_upgrade_before_anything_is_changed_until_they_are_renamed(earlier, capsys):
    kept, other = (earlier.objects.create(username=name, role="hr") for name in ("Hoa", "hoa"))
    with pytest.raises(CommandError) as stopped:
        migrate()
    assert "\n  user: Hoa, hoa\n" in str(stopped.value)
    call_command("rename_code", "user", "hoa", "hoa.2")
    assert capsys.readouterr().err == "hoa nay là hoa.2.\n"
    migrate()
    keys = dict(User.objects.values_list("pk", "username_key"))
    assert keys == {kept.pk: "hoa", other.pk: "hoa.2"}
    assert User.objects.get(pk=other.pk).history.get().username == "hoa.2"
    with pytest.raises(IntegrityError), transaction.atomic():
        UserBuilder(username="HOA")
