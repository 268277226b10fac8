"""Invented Vietnamese names, the same for the same seed."""

from random import Random

# The first ones are as frequent as in life.
_SURNAMES = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Mai Tạ Lương Quách"
_WEIGHTS = [38, 12, 10, 7, 5, 4, 5, 4, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1]
_MIDDLE_NAMES = "Văn Hữu Đức Minh Quang Xuân Công Thị Thu Ngọc Thanh Hồng Kim Bích Phương Diệu Gia Khánh Quốc Bảo Thùy"
_GIVEN_NAMES = """
    An Anh Ánh Bách Bảo Bích Bình Châu Chi Chiến Cường Diệp Dũng Dung Dương Đại Đạt Đông Đức Giang Hà Hải Hạnh Hằng
    Hiền Hiếu Hòa Hoàn Hoàng Hồng Huệ Hùng Hương Khánh Khoa Kiên Lan Lâm Liên Linh Loan Long Mai Mạnh Minh Nam Nga
    Ngân Ngọc Nhung Phong Phúc Phương Quân Quang Quỳnh Sơn Tâm Thành Thảo Thắng Thủy Thúy Toàn Trang Trung Tú Tuấn
    Tùng Tuyết Uyên Vân Việt Vinh Xuân Yến
"""
SURNAMES, MIDDLE_NAMES, GIVEN_NAMES = _SURNAMES.split(), _MIDDLE_NAMES.split(), _GIVEN_NAMES.split()


def full_name(random: Random) -> str:
    """A name of three words."""
    [surname] = random.choices(SURNAMES, _WEIGHTS)
    return f"{surname} {random.choice(MIDDLE_NAMES)} {random.choice(GIVEN_NAMES)}"
