"""Django's own admin: code lists to change, accounts to look at, nothing that would walk around the services."""

import pytest
from django.contrib import admin

from courses.models import Field, Provider
from personnel.models import Position, Rank, User
from tests.builders import CourseBuilder, UserBuilder

pytestmark = pytest.mark.django_db


def test_only_code_lists_and_accounts_are_registered():
    assert set(admin.site._registry) == {Field, Provider, Position, Rank, User}


def test_accounts_are_only_looked_at(client, sign_in):
    account = sign_in("admin")
    assert client.get(f"/admin/personnel/user/{account.pk}/change/").status_code == 200
    assert client.post(f"/admin/personnel/user/{account.pk}/change/", {"role": "hr"}).status_code == 403
    assert client.get("/admin/personnel/user/add/").status_code == 403
    assert client.post(f"/admin/personnel/user/{UserBuilder().pk}/delete/", {"post": "yes"}).status_code == 403


def test_used_field_cannot_be_deleted_and_an_unused_one_can(client, sign_in):
    sign_in("admin")
    used = CourseBuilder(field__code="TH").field
    unused = Field.objects.get(code="NN")
    for field in (used, unused):
        client.post(f"/admin/courses/field/{field.pk}/delete/", {"post": "yes"})
    assert list(Field.objects.filter(code__in=["TH", "NN"])) == [used]


def test_the_rules_of_code_lists_hold_here_too(client, sign_in):
    sign_in("admin")
    sent = {"name": "VỤ TRƯỞNG", "name_en": "", "level": "", "sort_order": 1}
    assert "Đã có trong danh mục" in client.post("/admin/personnel/position/add/", sent).content.decode()
    rank = Rank.objects.create(code="99.001", name="Chuyên viên mới")
    sent = {"code": "99.002", "name": "Chuyên viên", "name_en": ""}
    assert client.post(f"/admin/personnel/rank/{rank.pk}/change/", sent).status_code == 302
    rank.refresh_from_db()
    assert (rank.code, rank.name) == ("99.001", "Chuyên viên")


def test_field_is_retired_and_its_code_stays(client, sign_in):
    sign_in("admin")
    field = Field.objects.get(code="TH")
    sent = {"code": "X", "name": "Tin học", "name_en": "", "sort_order": 5, "retired_from": 2020}
    assert client.post(f"/admin/courses/field/{field.pk}/change/", sent).status_code == 302
    field.refresh_from_db()
    assert (field.code, field.retired_from) == ("TH", 2020)


@pytest.mark.parametrize("page", ["", "courses/field/", "courses/provider/add/", "personnel/position/"])
def test_pages_are_in_vietnamese(client, sign_in, page):
    sign_in("admin")
    assert '<html lang="vi"' in client.get(f"/admin/{page}").content.decode()


@pytest.mark.parametrize(
    "query, status",
    [
        ("role__exact=hr", 200),
        ("is_active__exact=1", 200),
        ("q=hr", 200),
        ("o=1.-2", 200),
        ("role__exact=%00", 400),
        ("password__startswith=pbkdf2", 400),
        ("password=x", 400),
        ("username__startswith=a", 400),
        ("staff__birth_date__year=1980", 400),
        ("role__regex=a", 400),
    ],
)
def test_lists_are_asked_only_for_what_their_filters_offer(client, sign_in, query, status):
    sign_in("admin")
    assert client.get(f"/admin/personnel/user/?{query}").status_code == status
