"""Vietnamese for everyone until they switch; numbers and dates follow."""

import datetime
from importlib import import_module

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format, get_format, sanitize_separators

pytestmark = pytest.mark.django_db


def test_the_browser_s_own_language_does_not_decide(client):
    response = client.get("/accounts/login/", headers={"Accept-Language": "en-US,en;q=0.9"})
    assert response["Content-Language"] == "vi"
    assert '<html lang="vi">' in response.content.decode()
    assert "Đăng nhập" in response.content.decode()


def test_the_switch_keeps_the_page_with_its_filters(client):
    there = "/accounts/login/?next=/enrollments/%3Fyear%3D2012"
    response = client.post("/i18n/setlang/", {"language": "en", "next": there})
    assert response["Location"] == there
    page = client.get(there)
    assert page["Content-Language"] == "en"
    assert "Sign in" in page.content.decode()


@pytest.mark.parametrize("cookie", ["fr", "", "vi\x00", "x" * 5000])
def test_an_unknown_language_is_vietnamese(client, cookie, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    assert client.get("/accounts/login/")["Content-Language"] == "vi"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_day_comes_first_in_both_languages(language):
    with translation.override(language):
        assert date_format(datetime.date(2012, 4, 3), "SHORT_DATE_FORMAT") == "03/04/2012"
        assert get_format("DATE_INPUT_FORMATS")[0] == "%d/%m/%Y"
        assert get_format("FIRST_DAY_OF_WEEK") == 1


def test_years_and_codes_are_never_grouped():
    with translation.override("vi"):
        assert Template("{{ year }} {{ id }}").render(Context({"year": 2012, "id": 12345})) == "2012 12345"
        assert sanitize_separators("12,5") == "12.5"


def test_the_two_languages_have_the_same_kinds_of_format():
    names = [set(dir(import_module(f"vpcp_training.formats.{code}.formats"))) for code in ("vi", "en")]
    assert names[0] == names[1]
