"""What people see when a request cannot be served: a page in their language that says what to do, no traces."""

import errno
import io
import logging

import pytest
from django.test import Client

from vpcp_training.middleware import upload_limit
from vpcp_training.screens.views import server_error

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shell_urls")]


def test_not_found(client, signed_in):
    signed_in("hr")
    response = client.get("/khong-co/")
    assert response.status_code == 404
    assert "Không tìm thấy trang" in response.content.decode()


def test_not_found_is_in_the_language_switched_to(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Page not found" in client.get("/khong-co/").content.decode()


def test_not_allowed(client, signed_in):
    signed_in("leader")
    response = client.get("/t/undeclared/")
    assert response.status_code == 403
    assert "Không được phép" in response.content.decode()


def test_a_fault_shows_no_trace_and_needs_no_database(client, signed_in, django_assert_num_queries):
    signed_in("hr")
    client.raise_request_exception = False
    response = client.get("/t/broken/")
    page = response.content.decode()
    assert response.status_code == 500
    assert "Hệ thống gặp lỗi" in page
    assert "a fault in a view" not in page
    assert "Traceback" not in page
    with django_assert_num_queries(0):
        server_error(None)


def test_an_expired_form(signed_in):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/accounts/login/", {"username": "hr", "password": "x"})
    assert response.status_code == 403
    assert "Biểu mẫu đã hết hạn" in response.content.decode()


def test_a_body_over_the_limit_is_refused_before_it_is_read(client, settings):
    settings.REQUEST_BODY_MAX = 1000
    settings.REQUEST_BODY_DRAIN_MAX = 1500
    response = client.post("/accounts/login/", {"file": io.BytesIO(b"x" * 2000)})
    assert response.status_code == 413
    assert "Tệp quá lớn" in response.content.decode()


def test_what_is_sent_too_much_is_taken_in_only_up_to_a_bound(rf, settings):
    settings.REQUEST_BODY_MAX, settings.REQUEST_BODY_DRAIN_MAX = 1000, 1500
    request = rf.post("/", b"x" * 5000, content_type="application/octet-stream")
    assert upload_limit(None)(request).status_code == 413
    assert len(request.read()) == 3500


def test_what_nobody_read_is_taken_in_before_the_answer(rf):
    request = rf.post("/", b"x" * 200_000, content_type="application/octet-stream")
    assert upload_limit(server_error_page)(request).status_code == 503
    assert request.read() == b""


def server_error_page(request):
    """A page that fails when it has read a part of what was sent."""
    request.read(1000)
    try:
        raise OSError(errno.ENOSPC, "No space left on device")
    except OSError:
        return server_error(request)


def test_a_form_with_too_much_text_is_413_too(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    assert client.post("/accounts/login/", {"username": "x" * 200}).status_code == 413


@pytest.mark.parametrize("length", ["", "abc", "-5"])
def test_a_nonsensical_length_is_no_fault(client, length):
    assert client.get("/accounts/login/", CONTENT_LENGTH=length).status_code in (200, 400)


def test_an_unknown_host_is_a_bad_request(client):
    assert client.get("/accounts/login/", headers={"host": "evil.example"}).status_code == 400


def test_pages_forbid_foreign_scripts_and_frames(client):
    policy = client.get("/accounts/login/")["Content-Security-Policy"]
    assert "script-src 'self';" in f"{policy};"
    assert "style-src 'self';" in f"{policy};"
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_a_view_without_roles_is_named_in_the_log(client, signed_in, caplog):
    signed_in("hr")
    logging.getLogger("vpcp_training").propagate = True
    client.get("/t/undeclared/")
    assert "declares no roles" in caplog.text
