"""What the tests of staff, units and accounts share."""

import pytest

from tests.builders import UnitBuilder, UserBuilder


@pytest.fixture
def office(db):
    """Two bureaus, the first with a division."""
    top = UnitBuilder(code="VPCP", name="Văn phòng Chính phủ", sort_order=1)
    bureau = UnitBuilder(code="QT", name="Cục Quản trị", parent=top, sort_order=2)
    return {
        "top": top,
        "bureau": bureau,
        "division": UnitBuilder(code="QT-LT", name="Phòng Lễ tân", parent=bureau, sort_order=4),
        "other": UnitBuilder(code="HC", name="Vụ Hành chính", parent=top, sort_order=3),
    }


@pytest.fixture
def sign_in(client, db):
    """Signs in as a role (of a unit) and returns the account."""

    def sign_in(role: str, unit=None):
        user = UserBuilder(role=role, unit=unit)
        client.force_login(user)
        return user

    return sign_in
