"""Reasons that the site itself left in the history."""

import pytest
from django.utils.translation import override

from vpcp_training.reasons import in_the_readers_language


@pytest.mark.parametrize(
    ("language", "stored", "read"),
    [
        ("en", "Nhập từ tệp danh sách.xlsx", "Imported from the file danh sách.xlsx"),
        ("vi", "Imported from the file a.xlsx", "Nhập từ tệp a.xlsx"),
        ("en", "Đặt lại mật khẩu", "Password reset"),
        ("en", "Ghi nhầm lớp", "Ghi nhầm lớp"),
        ("en", "", ""),
    ],
)
def test_are_read_in_the_language_of_the_screen_and_what_a_person_wrote_as_it_is(language, stored, read):
    with override(language):
        assert in_the_readers_language(stored) == read
