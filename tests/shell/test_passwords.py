"""Which passwords are refused because they are tried first, that good ones are not, and what hashing takes."""

import os
import subprocess
import sys

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import override_settings

from personnel.models import User


def refusals(password: str, username: str = "hr") -> list[str]:
    try:
        validate_password(password, User(username=username, full_name="Lê Thu Hương"))
    except ValidationError as error:
        return error.messages
    return []


@pytest.mark.parametrize(
    "password",
    [
        "matkhau123456",
        "Mật khẩu 2012",
        "m@tkh4u_2012",
        "vanphong2012",
        "2012VanPhong!",
        "Văn Phòng Chính Phủ 2012",
        "vanphong-vietnam",
        "P@ssw0rd1234",
        "@dmin2012!!",
        "Passw0rd!!!!",
        "Abc@12345678",
        "quantri@2012",
        "a1b2c3d4e5f6",
        "abcabcabcabc",
        "Hoa hoa hoa hoa",
        "1212121212a1212121212a",
        "qwertyuiop2012",
        "sunshine2012",
        "Aa@1234567",
        "11111111aa",
        "0912345678a",
        "29a12345678",
        "tran123456",
        "Hoang@2012",
        "baocao2012!",
        "hệthống2026",
        "Toiyeuvietnam1",
        "Mothaiba123",
        "Mùaxuân2026",
    ],
)
def test_what_is_tried_first_is_refused(password):
    assert "Mật khẩu này nhiều người dùng nên dễ bị dò ra. Chọn mật khẩu khác." in refusals(password)


@pytest.mark.parametrize("password", ["hrhrhrhrhr", "hr.hr.hr.hr", "HR-hr-2012-hr", "hr12345678", "hr@20122012"])
def test_the_user_name_alone_repeated_or_with_numbers_is_refused(password):
    assert "Quá giống tên đăng nhập của bạn mà người khác đều biết. Chọn mật khẩu khác." in refusals(password)


@pytest.mark.parametrize("password", ["lethuhuong@2026", "ThuHuong@1985", "huongle1985", "HuongLT@2026", "Lê Thu 1985"])
def test_the_name_without_diacritics_or_with_initials_is_refused(password):
    assert "Quá giống họ và tên của bạn mà người khác đều biết. Chọn mật khẩu khác." in refusals(password)


@pytest.mark.parametrize(
    "password",
    [
        "Cục Quản trị 2012",
        "con mèo ngủ trên mái nhà",
        "cà phê sữa đá 3 ly",
        "!?%&/()=+-*#",
        "mưa bay trên phố Huế",
        "doi-mat-khau-1",
        "ngựa gỗ ăn khoai lang",
        "correct horse battery staple",
        "x7$9!2%4@8^1",
        "7Kp92Lmqz!",
        "abcde-fgh23-kmnpq",
        "hr thích uống trà sen",
        "Ngày mai trời lại sáng 1975",
        "мой длинный пароль",
    ],
)
def test_a_good_one_is_taken(password):
    assert refusals(password) == []


def test_an_account_without_a_name_is_no_reason():
    assert refusals("trà sen Hồ Tây 9", username="") == []


@pytest.mark.django_db
def test_a_password_hashed_with_more_memory_is_hashed_anew_at_the_next_sign_in(client):
    encoded = Argon2PasswordHasher().encode("mật khẩu dài", "muoi muoi muoi")
    assert "m=102400" in encoded
    User.objects.create(username="hr", role="hr", password=encoded)
    with override_settings(PASSWORD_HASHERS=["vpcp_training.passwords.BoundedArgon2"]):
        client.post("/accounts/login/", {"username": "hr", "password": "mật khẩu dài"})
        user = User.objects.get()
        assert "m=19456,t=2,p=1" in user.password
        assert user.check_password("mật khẩu dài")


TWELVE_AT_ONCE = """
from concurrent.futures import ThreadPoolExecutor
import django
django.setup()
from django.contrib.auth.hashers import Argon2PasswordHasher
from vpcp_training.passwords import BoundedArgon2
encoded = Argon2PasswordHasher().encode("x", "muoi muoi muoi")  # 100 MB each
with ThreadPoolExecutor(12) as pool:
    print(list(pool.map(lambda n: BoundedArgon2().verify(str(n), encoded), range(12))).count(False))
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))  # of this program alone
print(int(peak.split()[1]) // 1024)
"""


def test_twelve_at_once_take_the_memory_of_two():
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "vpcp_training.settings"}
    ran = subprocess.run(
        [sys.executable, "-c", TWELVE_AT_ONCE], env=environment, capture_output=True, text=True, check=True
    )
    refused, megabytes = map(int, ran.stdout.split())
    assert refused == 12
    assert megabytes < 450
