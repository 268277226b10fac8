"""An office of two bureaus with a few participations, and its users."""

from datetime import date
from types import SimpleNamespace

import pytest

from tests.builders import EnrollmentBuilder, SessionBuilder, StaffBuilder, UnitBuilder, UserBuilder


@pytest.fixture
def office(db):
    """Two participations of Cục Quản trị in 2011, three in 2012 (one in its division), four of Vụ Pháp luật in 2013."""
    top = UnitBuilder(code="VP", name="Văn phòng", sort_order=1)
    bureau = UnitBuilder(code="QT", name="Cục Quản trị", parent=top, sort_order=2)
    division = UnitBuilder(code="QT/XE", name="Đội xe", parent=bureau, sort_order=3)
    other = UnitBuilder(code="PL", name="Vụ Pháp luật", parent=top, sort_order=4)
    driver = StaffBuilder(code="CB-XE", full_name="Lê Văn Xe", posting__unit=division)
    for unit, year, times in ((bureau, 2011, 2), (bureau, 2012, 2), (other, 2013, 4)):
        for _time in range(times):
            send(StaffBuilder(posting__unit=unit), year)
    send(driver, 2012)
    return SimpleNamespace(
        top=top,
        bureau=bureau,
        division=division,
        other=other,
        driver=driver,
        hr=UserBuilder(role="hr"),
        leader=UserBuilder(role="leader", unit=bureau),
    )


def send(staff, year: int, **kwargs):
    """The person's participation in a class of March of that year."""
    return EnrollmentBuilder(staff=staff, session=SessionBuilder(start=date(year, 3, 5)), **kwargs)
