"""The lists in tests/data/lists, each another kind of mess, read in one small office on 12 March 2012.

Beside each list stands what must be read of it, in the shape of `read_list --format json` without what is empty; of a
remark a part is enough. `left_out` tells the rows by their kind.
"""

import io
import json
from collections import defaultdict
from datetime import date

import pytest
from django.core.management import call_command

from exchange.lists.files import read_grids
from personnel.models import Position, Posting, Rank, Staff
from tests.builders import UnitBuilder
from tests.data.lists.make import FILES, FOLDER

UNITS = {
    "VPCP": {"name": "Văn phòng Chính phủ"},
    "TH": {"name": "Vụ Tổng hợp", "parent": "VPCP"},
    "TCCB": {"name": "Vụ Tổ chức cán bộ", "parent": "VPCP"},
    "KGVX": {"name": "Vụ Khoa giáo - Văn xã", "parent": "VPCP"},
    "TV": {"name": "Vụ Tài vụ", "parent": "VPCP"},
    "TV-KT": {"name": "Phòng Kế toán", "parent": "TV"},
    "QT": {"name": "Cục Quản trị", "parent": "VPCP", "short_names": "Cục QTr; HCQT"},
    "QT-KT": {"name": "Phòng Kế toán", "parent": "QT"},
    "TTTH": {"name": "Trung tâm Tin học", "parent": "VPCP"},
    "PL": {"name": "Vụ Pháp luật", "parent": "VPCP", "valid_to": date(2011, 12, 31)},
}
# Code, name, birth, unit.
PEOPLE = """
CB01  Nguyễn Văn An         1975-03-05 TH
CB02  Nguyễn Văn An         1980-01-01 QT-KT
CB03  Trần Thị Hòa          1981-07-09 TCCB
CB04  Lê Quý                -          QT
CB05  Phạm Văn Bình         1950-02-02 TH
CB06  Mai Lan Anh           1985-10-10 KGVX
CB07  Mai Lan Ánh           1986-11-11 TV-KT
CB08  Đỗ Thị Thúy           1979-12-01 TV
CB09  Vũ Đức Lý             1968-08-20 TTTH
CB10  Hoàng Minh Tuấn       1970-05-15 QT
CB11  Ông Ích Khiêm         1965-06-06 TH
CB12  Đặng Thu Hương        1978-07-27 KGVX
CB13  Nguyễn Thị Bích Ngọc  1983-02-14 QT
CB14  Bùi Quốc Khánh        1972-09-02 TH
CB15  Lê Hoa                1990-06-15 TCCB
CB16  Ngô Xuân Nam          1974-10-10 TV
CB17  Nguyễn Thị Lan        1982-03-08 TH
CB18  Nguyễn Thị Lan        1982-03-08 QT-KT
CB19  Lưu Thị Hương         1977-04-30 KGVX
00017 Phan Thanh Hải        1976-06-01 TTTH
"""
WOMEN = {"CB03", "CB06", "CB07", "CB08", "CB12", "CB13", "CB15", "CB17", "CB18", "CB19"}
LEFT = {"CB05"}


@pytest.fixture
def office(db):
    """The office; whoever has left did so at the end of 2010."""
    units = {}
    for place, (code, values) in enumerate(UNITS.items()):
        values = values | {"parent": units.get(values.get("parent"))}
        units[code] = UnitBuilder(code=code, sort_order=place, **values)
    position, rank = Position.objects.get(name="Chuyên viên"), Rank.objects.get(code="01.003")
    postings = []
    for line in PEOPLE.strip().splitlines():
        code, *name, birth, unit = line.split()
        staff = Staff(
            code=code,
            full_name=" ".join(name),
            birth_date=None if birth == "-" else birth,
            gender=Staff.Gender.FEMALE if code in WOMEN else Staff.Gender.MALE,
        )
        end = date(2010, 12, 31) if code in LEFT else None
        posting = Posting(staff=staff, unit=units[unit], position=position, rank=rank, start=date(2005, 1, 1), end=end)
        postings.append(posting)
    Staff.objects.bulk_create(posting.staff for posting in postings)
    Posting.objects.bulk_create(postings)


@pytest.mark.parametrize("name", FILES)
def test_what_is_read_of_a_mess(office, capsys, name):
    call_command("read_list", str(FOLDER / name), "--on", "2012-03-12", "--format", "json")
    read = json.loads(capsys.readouterr().out)
    expected = json.loads((FOLDER / f"{name}.json").read_text())
    assert (read["enrolled"], read["refused"], read["errors"]) == (0, [], [])
    for table, wanted in zip(read["tables"], expected["tables"], strict=True):
        rows = [_filled(row) for row in table["rows"]]
        for row, wanted_row in zip(rows, wanted["rows"], strict=False):
            remarks, parts = row.pop("remarks", []), wanted_row.pop("remarks", [])
            assert row == wanted_row
            assert [part in remark for remark, part in zip(remarks, parts, strict=True)] == [True] * len(parts), remarks
        assert len(rows) == len(wanted["rows"])
        assert (table["name"], _filled(table["head"])) == (wanted["name"], wanted.get("head", {}))
        assert _by_kind(table["left_out"]) == wanted["left_out"]


def _filled(values: dict) -> dict:
    """What is said; who is meant stands once, and a person without a name has an empty one."""
    said = {key: value for key, value in values.items() if key == "name" or value not in (None, [])}
    if said.get("match") == "one":
        assert said.pop("candidates") == [said["staff"]]
    return said


def _by_kind(left_out: list[dict]) -> dict:
    kinds = defaultdict(list)
    for row in left_out:
        kinds[row["kind"]].append(row["row"])
    return dict(kinds)


@pytest.mark.parametrize("name", FILES)
def test_the_files_are_what_make_makes(name):
    assert read_grids(FOLDER / name) == read_grids(io.BytesIO(FILES[name]()))
