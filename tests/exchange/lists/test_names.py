"""Names behind words of courtesy and degrees, and in parts."""

import pytest

from exchange.lists.names import joined, may_be_name, without_courtesy


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Đ/c Nguyễn Văn An", "Nguyễn Văn An"),
        ("Đ/C: VŨ VĂN AN", "VŨ VĂN AN"),
        ("Đ/cLê An", "Lê An"),
        ("Đồng chí  Trần Thị Bình", "Trần Thị Bình"),
        ("ĐỒNG CHÍ NGUYỄN VĂN AN", "NGUYỄN VĂN AN"),
        ("Ông Nguyễn An", "Nguyễn An"),
        ("Ông/Bà: Lê An", "Lê An"),
        ("Bà Tô Thị Minh", "Tô Thị Minh"),
        ("PGS.TS. Lê Hòa", "Lê Hòa"),
        ("GS.TSKH. Lê Hòa", "Lê Hòa"),
        ("ThS.Lê Hòa", "Lê Hòa"),
        ("TS Đ/c Lê Hòa", "Lê Hòa"),
        ("CN. Lê Hòa", "Lê Hòa"),
        ("Ong Nguyen Van A", "Nguyen Van A"),
        ("Ông Ích Khiêm", "Ông Ích Khiêm"),
        ("Đồng Chí Thành", "Đồng Chí Thành"),
        ("Anh Thư", "Anh Thư"),
        ("Anh Đào", "Anh Đào"),
        ("Lê Thị Chị", "Lê Thị Chị"),
    ],
)
def test_words_of_courtesy_fall_where_a_name_follows(text, name):
    assert without_courtesy(text) == name


@pytest.mark.parametrize(
    ("family", "given", "name"),
    [
        ("Nguyễn Văn ", " An", "Nguyễn Văn An"),
        ("Nguyễn Văn An", "An", "Nguyễn Văn An"),
        ("NGUYỄN VĂN AN", "An", "NGUYỄN VĂN AN"),
        ("Lý", "Lý", "Lý Lý"),
        ("", "An", "An"),
    ],
)
def test_a_name_of_two_cells(family, given, name):
    assert joined(family, given) == name


def test_what_looks_like_a_name():
    assert all(map(may_be_name, ["Lê An", "Ksor H’Lan", "An"]))
    assert not any(map(may_be_name, ["", "Tổng: 5", "Lớp 3", "a@b.vn", "một hai ba bốn năm sáu bảy tám chín"]))
