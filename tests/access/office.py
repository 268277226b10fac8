"""An office of two departments, for tests of who may reach what: the leader's own, and another one.

Whatever the leader must never read has the word "Khuất", in codes "KHUAT".
"""

import datetime
from types import SimpleNamespace

from enrollments.status import Status
from exchange.lists.words import unit_words
from exchange.services.answers import remember
from exchange.services.received import receive_lists
from exchange.services.uploads import receive
from personnel.models import User
from personnel.services import save_staff
from tests.builders import (
    CourseBuilder,
    EnrollmentBuilder,
    PostingBuilder,
    ProviderBuilder,
    SessionBuilder,
    StaffBuilder,
    UnitBuilder,
    UserBuilder,
)
from tests.exchange.workbooks import person, written
from vpcp_training.change_sets import ChangeSet

HIDDEN = "khuat"  # folded
LIST = "Họ và tên;Đơn vị\nLê Ngọc An;\nKhuất Văn Đức;Vụ Khuất\n".encode()
_MOVED_ON = datetime.date(2012, 7, 1)


def office() -> SimpleNamespace:
    """Units, people, classes, enrollments and an account of each role."""
    own, other = UnitBuilder(code="QT", name="Cục Quản trị"), UnitBuilder(code="KHUAT", name="Vụ Khuất")
    own_division = UnitBuilder(code="QT-1", name="Phòng Nhà khách", parent=own)
    other_division = UnitBuilder(code="KHUAT-1", name="Phòng Khuất", parent=other)

    an = StaffBuilder(code="CB01", full_name="Lê Ngọc An", posting__unit=own_division, is_ethnic_minority=True)
    binh = StaffBuilder(code="CB02", full_name="Trần Thu Bình", posting__unit=own)
    outsider = StaffBuilder(code="KHUAT01", full_name="Khuất Văn Đức", posting__unit=other, is_ethnic_minority=True)
    idle = StaffBuilder(code="KHUAT02", full_name="Khuất Thị Đào", posting__unit=other_division)
    # One left the leader's department, one came into it: what each did elsewhere stays there.
    left = _moved("CB03", "Đỗ Minh Đi", own, other)
    came = _moved("CB04", "Vũ Thị Đến", other_division, own_division)

    course = CourseBuilder(code="CT-CHUNG", name="Quản lý nhà nước")
    shared = SessionBuilder(code="L-CHUNG", name="Lớp chung", course=course, provider=ProviderBuilder())
    autumn = SessionBuilder(code="L-THU", name="Lớp mùa thu", course=course, start=datetime.date(2012, 9, 3))
    abroad = SessionBuilder(code="L-NHAT", name="Lớp ở Nhật Bản", country="Nhật Bản", start=datetime.date(2011, 5, 9))
    seen = [EnrollmentBuilder(session=shared, staff=staff, decision_number="12/QĐ") for staff in (an, left)]
    seen += [EnrollmentBuilder(session=autumn, staff=came), EnrollmentBuilder(session=abroad, staff=an)]
    seen += [EnrollmentBuilder(session=autumn, staff=an, status=Status.PROPOSED)]
    hidden = [
        EnrollmentBuilder(
            session=session,
            staff=staff,
            status=status,
            reason="Lý do Khuất",
            decision_number="KHUAT/QĐ",
            decision_signer="Khuất Ký",
            result="Loại Khuất",
            certificate_number="KHUAT/CC",
        )
        for session, staff, status in (
            (shared, came, Status.COMPLETED),
            (shared, outsider, Status.DROPPED_OUT),
            (autumn, left, Status.SENT),
            (autumn, outsider, Status.PROPOSED),
            (abroad, outsider, Status.COMPLETED),
        )
    ]
    users = {
        "admin": UserBuilder(username="admin", role=User.Role.ADMIN),
        "hr": UserBuilder(username="hr", role=User.Role.HR),
        "leader": UserBuilder(username="leader", role=User.Role.LEADER, unit=own),
        "auditor": UserBuilder(username="auditor", role=User.Role.AUDITOR),
        "nowhere": UserBuilder(username="nowhere", role=User.Role.LEADER),
    }
    book = written({"Cán bộ": [person("CB05"), person("CB06", {"Ngày sinh": "31/02/1980"})]}).getvalue()
    save_staff(binh, users["hr"])
    return SimpleNamespace(
        change_set=ChangeSet.objects.get(),
        own=own,
        other=other,
        an=an,
        binh=binh,
        left=left,
        came=came,
        outsider=outsider,
        idle=idle,
        course=course,
        shared=shared,
        autumn=autumn,
        abroad=abroad,
        seen=seen,
        hidden=hidden,
        proposal=seen[-1],
        users=users,
        uploads={role: receive("so.xlsx", book, users[role]) for role in ("admin", "hr")},
        answer=remember(unit_words("Cục HCQT"), users["hr"], unit=own),
        lists={role: receive_lists("ds.csv", LIST, users[role]).lists[0] for role in ("admin", "hr")},
    )


def _moved(code: str, name: str, first, then):
    """Somebody who changed departments in the middle of 2012."""
    staff = StaffBuilder(code=code, full_name=name, posting=None)
    PostingBuilder(staff=staff, unit=first, end=_MOVED_ON - datetime.timedelta(days=1))
    PostingBuilder(staff=staff, unit=then, start=_MOVED_ON)
    return staff
