"""Who is signed in: an hr officer, and the leader of Cục Quản trị."""

import pytest
from django.test import Client

from personnel.models import Unit, User
from tests.builders import UnitBuilder, UserBuilder


@pytest.fixture
def qt(db) -> Unit:
    """The leader's unit."""
    return UnitBuilder(code="QT", name="Cục Quản trị")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def hr(client) -> User:
    """An hr officer, signed in as `client`."""
    user = UserBuilder(role="hr")
    client.force_login(user)
    return user


@pytest.fixture
def as_hr(db) -> Client:
    return signed_in(UserBuilder(full_name="Lê Thu Hương"))


@pytest.fixture
def as_leader(qt) -> Client:
    return signed_in(UserBuilder(role="leader", unit=qt, full_name="Trần Quang"))
