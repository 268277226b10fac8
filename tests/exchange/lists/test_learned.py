"""What was learned from lists: shown to the office, and forgotten; and files that came in by the wrong door."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from exchange.lists.words import person_words, unit_words
from exchange.models import ListAnswer
from exchange.services.answers import remember
from personnel.models import Staff
from tests.versions import current_version

from ..workbooks import OFFICE, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def learned(hr, office):
    an = Staff.objects.get(code="CB01")
    remember(unit_words("Vụ THVP"), hr, unit=office["TH"])
    return remember(person_words("Ng. Văn An", "1975", "Vụ TH", None), hr, staff=an)


def page_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_page_shows_words_and_what_they_mean(client, learned, django_assert_num_queries):
    page = page_of(client.get("/lists/answers/"))
    assert re.search("<td[^>]*>Cán bộ</td>", page)
    assert "Ng. Văn An · 1975 · Vụ TH" in page and "Nguyễn Văn An (CB01)" in page and "Vụ Tổng hợp" in page
    assert "Ng. Văn An" not in page_of(client.get("/lists/answers/?kind=unit"))
    assert "Ng. Văn An" in page_of(client.get("/lists/answers/?q=CB01"))


def test_an_answer_is_forgotten_after_a_question(client, learned):
    url = f"/lists/answers/{learned.pk}/forget/"
    page = page_of(client.get(url))
    assert "“Ng. Văn An · 1975 · Vụ TH” nghĩa là Nguyễn Văn An (CB01)." in page
    response = client.post(url, {"version": current_version(learned)}, follow=True)
    assert "Đã quên." in page_of(response)
    assert list(ListAnswer.objects.values_list("words", flat=True)) == ["Vụ THVP"]


def test_a_workbook_in_the_inbox_is_led_to_the_import(client, hr):
    response = client.post("/lists/", {"sent": SimpleUploadedFile("so.xlsx", written(OFFICE).getvalue())})
    page = page_of(response)
    assert response.status_code == 422
    assert "Đây là sổ đào tạo, không phải danh sách." in page and 'href="/enrollments/import/">Nhập từ Excel' in page


def test_a_list_in_the_import_is_led_to_the_inbox(client, hr):
    book = openpyxl.Workbook()
    book.active.append(["STT", "Họ và tên"])
    file = io.BytesIO()
    book.save(file)
    response = client.post("/enrollments/import/", {"file": SimpleUploadedFile("ds.xlsx", file.getvalue())})
    assert response.status_code == 422 and 'href="/lists/"' in page_of(response)
