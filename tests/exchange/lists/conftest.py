"""A small office, and a list that names its people."""

from datetime import date

import pytest

from personnel.models import Staff
from tests.builders import PostingBuilder, SessionBuilder, StaffBuilder, UnitBuilder

PEOPLE = (
    ("CB01", "Nguyễn Văn An", date(1975, 3, 5), "TH"),
    ("CB02", "Nguyễn Văn An", date(1980, 1, 1), "QT"),
    ("CB03", "Trần Thị Hòa", date(1981, 7, 9), "TCCB"),
    ("CB04", "Lê Quý", None, "QT"),
)


@pytest.fixture
def office():
    """Three units, two people of a name, one who has left."""
    names = {"TH": "Vụ Tổng hợp", "TCCB": "Vụ Tổ chức cán bộ", "QT": "Cục Quản trị"}
    units = {code: UnitBuilder(code=code, name=name) for code, name in names.items()}
    for code, name, birth, unit in PEOPLE:
        gender = Staff.Gender.FEMALE if "Thị" in name else Staff.Gender.MALE
        StaffBuilder(code=code, full_name=name, birth_date=birth, gender=gender, posting__unit=units[unit])
    left = StaffBuilder(code="CB05", full_name="Phạm Văn Bình", posting=None)
    PostingBuilder(staff=left, unit=units["TH"], end=date(2010, 12, 31))
    return units


@pytest.fixture
def session(office):
    """A class of March 2012 without a limit of seats."""
    return SessionBuilder(code="L1", start=date(2012, 3, 12), end=date(2012, 3, 16), seats=None)
