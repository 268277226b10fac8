"""Every page in every state, in both languages, wide and narrow, light and dark: nothing stands in anybody's way."""

import pytest

from enrollments.models import Enrollment
from personnel.models import Staff
from tests.access.addresses import ADDRESSES, ADMIN, own_record
from tests.builders import StaffBuilder

from .screen import VIEWS, Screen

FILES = {"reports:yearly_excel", "exchange:workbook_export"}
FILES |= {"exchange:import_template", "exchange:import_marked", "exchange:received_file"}
ANSWERS = {"healthz", "personnel:pick_staff", "personnel:pick_unit"}
ANSWERS |= {"enrollments:pick_candidates", "enrollments:pick_session"}
STATES = [
    "/?year=2011",
    "/?year=1850x",
    "/personnel/?q=zzz",
    "/personnel/?unit=QT&level=division&service=in&sort=-unit&per_page=50",
    "/enrollments/?year=2012&status=counted&unit=QT&slice=women&sort=-start&page=2",
    "/enrollments/?year=MMXII&unit=KHONGCO",
    "/enrollments/people/?year=2012&status=counted&field=BDNN",
    "/courses/sessions/?year=2012&stage=ended",
    "/reports/yearly/?year=2012",
    "/reports/untrained/?year=x",
    "/khong-co/",
    "/t/400/",
    "/t/413/",
    "/t/500/",
    "/t/expired/",
]
SPOIL = """(form) => {
  form.noValidate = true;
  for (const el of form.elements) {
    if (el.tomselect) el.tomselect.clear();
    else if (["dd/mm/yyyy", "ngày/tháng/năm"].includes(el.placeholder)) el.value = "31/02/2012";
    else if (el.matches("select, textarea, [type=text], [type=password]")) el.value = "";
  }
}"""

pytestmark = pytest.mark.parametrize("language", VIEWS)


@pytest.fixture
def admin(screen, records, language, settings) -> Screen:
    """The administrator, who may open everything, at a screen in the language."""
    settings.ROOT_URLCONF = "tests.browser.yearbooks.urls"
    return screen.arrive_as("admin").speak(language)


def pages(records) -> dict[str, str]:
    """The address of each page an administrator opens, by its URL name; Django's own admin is Django's affair."""
    return {
        name: address.url(name, own_record(address.record, records, ADMIN)).replace("=CB01", f"={records.an.code}")
        for name, address in ADDRESSES.items()
        if ADMIN in address.roles
        and address.get == 200
        and name not in FILES | ANSWERS
        and not name.startswith("admin")
    }


def test_every_page(admin, records, language):
    found = []
    for address in pages(records).values():
        assert admin.open(address).status == 200, address
        found += admin.problems(language, views=2)
    assert found == []


def test_every_form_that_was_filled_in_wrongly(admin, records, language):
    found, tried = [], 0
    for name, address in pages(records).items():
        if name in ("exchange:import_preview", "exchange:received_list"):
            continue
        admin.open(address)
        form = admin.page.locator("main form.form[method=post], main form[data-guard]").first
        if form.count() == 0 or form.locator("input:visible, select:visible").count() == 0:
            continue
        form.evaluate(SPOIL)
        admin.page.keyboard.press("Control+Enter")
        admin.page.locator(".errors:focus").wait_for()
        found += admin.problems(language)
        tried += 1
    assert found == []
    assert tried >= 15


def test_lists_in_other_states_and_pages_of_errors(admin, language):
    found = []
    for address in STATES:
        admin.open(address)
        found += admin.problems(language)
    assert found == []


def test_deleting_a_mistake_and_what_cannot_be_deleted(admin, records, language):
    mistake = StaffBuilder(code=f"NHAM-{language}", full_name="Lê Nhầm", posting__unit=records.own)
    found = []
    for address in (f"/units/{records.own.code}/delete/", f"/personnel/{mistake.code}/delete/"):
        admin.open(address)
        found += admin.problems(language)
    admin.page.keyboard.press("Control+Enter")
    admin.page.wait_for_url("**/personnel/")
    found += admin.problems(language)
    admin.open("/deleted/staff/")
    assert admin.page.get_by_text(f"Lê Nhầm ({mistake.code})").count() == 1
    assert found + admin.problems(language) == []


def test_what_a_leader_sees(screen, records, language):
    screen.arrive_as("leader").speak(language)
    person = Staff.objects.visible_to(records.users["leader"]).filter(enrollments__unit__code="QT").first()
    proposal = Enrollment.objects.visible_to(records.users["leader"]).filter(status="proposed").first()
    found = []
    for address in (
        "/",
        f"/personnel/{person.code}/",
        f"/courses/sessions/{records.autumn.code}/",
        f"/courses/sessions/{records.autumn.code}/enroll/",
        f"/enrollments/{proposal.pk}/",
        f"/enrollments/{proposal.pk}/withdraw/",
        "/accounts/users/",
    ):
        screen.open(address)
        found += screen.problems(language)
    screen.arrive_as("nowhere").open("/")
    assert found + screen.problems(language) == []


def test_what_those_who_are_not_signed_in_see(screen, records, language):
    screen.speak(language).open("/accounts/login/")
    found = screen.problems(language)
    for tried in range(5):
        screen.sign_in("nowhere", "sai")
        screen.page.locator(".errors, .card:has(a.btn)").wait_for()
        found += screen.problems(language) if tried in (0, 4) else []
    assert found == []
