"""A leader takes back a proposal of the own units as long as nobody has decided on it; and nothing else."""

import pytest

from enrollments.models import Enrollment
from enrollments.services import change_status, withdraw_proposal
from enrollments.status import Status
from tests.builders import EnrollmentBuilder, UnitBuilder, UserBuilder
from tests.versions import current_version

from .conftest import signed_in
from .pages import alert, text

pytestmark = pytest.mark.django_db


def proposal(unit, **more) -> Enrollment:
    return EnrollmentBuilder(staff__posting__unit=unit, **{"status": "proposed", "staff__full_name": "Lê An", **more})


@pytest.fixture
def row(qt):
    """In a division of the leader's unit."""
    return proposal(UnitBuilder(code="QT-XE", parent=qt), session__code="L1")


def withdraw(client, row, version=None):
    return client.post(f"/enrollments/{row.pk}/withdraw/", {"version": version or current_version(row)})


def test_a_proposal_is_withdrawn_after_asking_and_the_history_says_by_whom(as_leader, as_hr, row):
    assert f'href="/enrollments/{row.pk}/withdraw/"' in as_leader.get(f"/enrollments/{row.pk}/").content.decode()
    asked = text(as_leader.get(f"/enrollments/{row.pk}/withdraw/"))
    assert f"Lê An sẽ không còn được đề xuất cho lớp {row.session.name}." in asked
    response = withdraw(as_leader, row)
    assert response.url == "/courses/sessions/L1/"
    assert "Đã rút đề xuất của Lê An." in text(as_leader.get(response.url))
    assert not Enrollment.objects.exists()
    last = Enrollment.history.latest()
    assert (last.history_type, last.status, last.history_user) == ("-", "proposed", as_leader.user)
    assert "Trần Quang" in text(as_hr.get("/courses/sessions/L1/history/"))


@pytest.mark.parametrize("status", [status for status in Status if status != "proposed"])
def test_what_was_decided_is_not_withdrawn(as_leader, qt, status):
    row = proposal(qt, status=status)
    assert "/withdraw/" not in as_leader.get(f"/enrollments/{row.pk}/").content.decode()
    said = f"Chỉ rút được đề xuất chưa duyệt; dòng này đang là “{status.label}”. Hãy liên hệ phòng nhân sự."
    opened = as_leader.get(f"/enrollments/{row.pk}/withdraw/", follow=True)
    assert opened.redirect_chain == [(f"/enrollments/{row.pk}/", 302)] and said in text(opened)
    response = withdraw(as_leader, row)
    assert (response.status_code, alert(response)) == (422, [said])
    assert Enrollment.objects.get().status == status


def test_a_proposal_sent_meanwhile_stays(as_leader, row):
    opened = current_version(row)
    change_status([row], Status.SENT, UserBuilder(full_name="Vũ Bình"))
    response = withdraw(as_leader, row, opened)
    assert response.status_code == 409 and "Vũ Bình" in text(response)
    assert withdraw(as_leader, row, response.context["version"]).status_code == 422
    assert Enrollment.objects.get().status == "sent"


def test_a_proposal_of_another_unit_is_not_found_by_any_address(as_leader, qt):
    qt.parent = above = UnitBuilder(code="VP")
    qt.save()
    for unit in (UnitBuilder(code="PL"), above):
        theirs = proposal(unit)
        assert as_leader.get(f"/enrollments/{theirs.pk}/withdraw/").status_code == 404
        assert withdraw(as_leader, theirs).status_code == 404
    nowhere = signed_in(UserBuilder(role="leader"))
    assert withdraw(nowhere, proposal(qt)).status_code == 404
    assert Enrollment.objects.count() == 3


def test_the_service_itself_looks_no_further_than_the_leader_does(as_leader, qt):
    theirs = proposal(UnitBuilder(code="PL"))
    with pytest.raises(Enrollment.DoesNotExist):
        withdraw_proposal(theirs, as_leader.user)
    assert Enrollment.objects.exists()


def test_a_leader_still_deletes_nothing_and_hr_has_a_page_of_its_own(as_leader, as_hr, row):
    assert as_leader.post(f"/enrollments/{row.pk}/delete/").status_code == 403
    assert withdraw(as_hr, row).status_code == 403
    page = as_hr.get(f"/enrollments/{row.pk}/").content.decode()
    assert "/withdraw/" not in page and "/delete/" in page
