"""Pages that only come up on the way, in both languages and all views; and what opens on a page."""

import pytest
from playwright.sync_api import expect

from enrollments.models import Enrollment
from exchange.services.uploads import receive
from personnel.models import Staff
from tests.builders import UserBuilder
from tests.exchange.workbooks import person, written

from .screen import VIEWS, Screen

pytestmark = pytest.mark.parametrize("language", VIEWS)


@pytest.fixture
def admin(screen, records, language) -> Screen:
    return screen.arrive_as("admin").speak(language)


def test_the_check_before_enrolling(admin, records, language):
    # One who is in the class already, one who has to be confirmed, one against whom nothing speaks.
    session = records.autumn
    clashing = Enrollment.objects.filter(session__start__lte=session.end, session__end__gte=session.start)
    others = Staff.objects.filter(enrollments__in=clashing.exclude(session=session))[:1]
    free = Staff.objects.in_service(session.start).exclude(enrollments__in=clashing)[:1]
    admin.open(f"/courses/sessions/{session.code}/enroll/")
    for staff in (records.an, *others, *free):
        if staff.pk != records.an.pk:
            admin.pick({"vi": "Học viên", "en": "People"}[language], staff.code)
    assert admin.problems(language) == []
    admin.save()
    expect(admin.page.locator("table.t-cards tbody tr")).to_have_count(2)
    assert admin.problems(language) == []


def test_a_step_of_several_people(admin, records, language):
    page = admin.page
    admin.open(f"/courses/sessions/{records.autumn.code}/")
    page.locator("input[name=row]").first.check()
    assert admin.problems(language) == []
    possible = page.locator("#bulk-status option:enabled:not([value=''])").first
    page.select_option("#bulk-status", possible.get_attribute("value"))
    page.locator("#bulk button[type=submit]").click()
    expect(page.locator("main form[data-guard]")).to_be_visible()
    assert admin.problems(language) == []


def test_a_record_changed_by_somebody_else_meanwhile(admin, records, language):
    admin.open(f"/personnel/{records.an.code}/edit/")
    records.an.category = "cadre" if language == "vi" else "public_employee"
    records.an.save()
    admin.page.fill("#id_birth_date", "17/01/1976")
    admin.save()
    expect(admin.page.locator("#id_birth_date")).to_have_value("17/01/1976")
    assert admin.problems(language) == []


def test_a_temporary_password(admin, language):
    user = UserBuilder(username=f"quen-{language}")
    admin.open(f"/accounts/users/{user.pk}/password/")
    admin.save()
    expect(admin.page.locator("code")).to_be_visible()
    assert admin.problems(language) == []


def test_an_import_that_is_done_in_part(admin, records, language):
    page = admin.page
    people = [person(f"CB-{language}"), person("CB-SAI", {"Ngày sinh": "31/02/1980"})]
    upload = receive("can-bo.xlsx", written({"Cán bộ": people}).getvalue(), records.users["admin"])
    admin.open(f"/enrollments/import/{upload.pk}/")
    page.locator("button[value=valid]").click()
    expect(page.locator(".notices")).to_be_visible()
    assert admin.problems(language) == []


def test_what_opens_on_a_page(admin, language):
    page = admin.page
    for width in (1366, 360):
        page.set_viewport_size({"width": width, "height": 768})
        admin.open("/units/QT/edit/")
        if width == 360:
            page.locator(".menu-button").click()
            page.locator("#menu.show").wait_for()
        page.locator(".account button").first.click()
        assert admin.serious() == []
        page.keyboard.press("Escape")
        field = page.get_by_role("combobox").last
        field.focus()
        for typed, shown in (("vu", ".ts-dropdown .option.active"), ("vuzz", ".no-results")):
            field.fill(typed)
            page.locator(shown).wait_for()
            assert admin.serious() == []
        assert not admin.scrolls_sideways()
