"""The exchange workbook: its six sheets and their columns, said once for reading, checking and writing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.models import Course, CourseSession, Provider
from enrollments.models import Enrollment
from enrollments.status import Status
from personnel.models import Position, Posting, Staff, Unit

from .kinds import Birth, Choice, Code, Count, Date, Kind, Line, Link, Links, Money, Named, Names, Tick, Word


@dataclass(frozen=True, eq=False)
class Column:
    """A column; `attribute` is the model's field, `required` holds for a new record.

    A column that is not `stored` is only compared with what is known.
    """

    heading: str
    attribute: str
    kind: Kind
    key: bool = False
    required: bool = False
    stored: bool = True

    @cached_property
    def attname(self) -> str:
        """The attribute that holds the value itself: for a reference the key of the other record."""
        return f"{self.attribute}_id" if self.kind.target else self.attribute

    @property
    def is_concrete(self) -> bool:
        """Whether one column of the database holds it, and not a list of values of its own."""
        return self.stored and self.kind.source(self.attribute) is not None


@dataclass(frozen=True, eq=False)
class Source:
    """Where rows stand in the file of whoever mends them: the name of the sheet there, and headings by attribute."""

    name: str
    headings: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Sheet:
    """A sheet: its name in the workbook, the model of its rows, its columns in order.

    `period` names two dates that must not be in the wrong order, and says what to tell about the second.
    """

    name: str
    model: type[models.Model]
    columns: tuple[Column, ...]
    period: tuple[str, str, str | Promise] | None = None

    @cached_property
    def positions(self) -> dict[str, int]:
        """Where a row keeps the cell of an attribute."""
        return {column.attribute: position for position, column in enumerate(self.columns)}

    @cached_property
    def keys(self) -> tuple[Column, ...]:
        """The columns that say which record a row is about."""
        return tuple(column for column in self.columns if column.key)

    @cached_property
    def links(self) -> tuple[Column, ...]:
        """The columns that refer to other records."""
        return tuple(column for column in self.columns if column.kind.target)

    @cached_property
    def required(self) -> tuple[Column, ...]:
        """The columns a new record needs."""
        return tuple(column for column in self.columns if column.required)

    @cached_property
    def source(self) -> Source:
        """Where its rows stand in the exchange workbook itself."""
        return Source(self.name, {column.attribute: column.heading for column in self.columns})

    def column(self, attribute: str) -> Column:
        """The column of an attribute."""
        return self.columns[self.positions[attribute]]

    def columns_to(self, target: str) -> Iterator[Column]:
        """The columns that refer to a list."""
        return (column for column in self.links if column.kind.target == target)


GENDERS = {"Nam": Staff.Gender.MALE, "Nữ": Staff.Gender.FEMALE}
CATEGORIES = {
    "Cán bộ": Staff.Category.CADRE,
    "Công chức": Staff.Category.CIVIL_SERVANT,
    "Viên chức": Staff.Category.PUBLIC_EMPLOYEE,
    "Hợp đồng lao động": Staff.Category.CONTRACT_WORKER,
}
MODES = {
    "Tập trung": CourseSession.Mode.FULL_TIME,
    "Không tập trung": CourseSession.Mode.PART_TIME,
    "Trực tuyến": CourseSession.Mode.ONLINE,
    "Kết hợp": CourseSession.Mode.BLENDED,
}
STATUSES = {
    "Đề xuất": Status.PROPOSED,
    "Được cử": Status.SENT,
    "Đang học": Status.STUDYING,
    "Hoàn thành": Status.COMPLETED,
    "Không hoàn thành": Status.NOT_COMPLETED,
    "Bỏ học": Status.DROPPED_OUT,
    "Từ chối": Status.DECLINED,
    "Hoãn": Status.POSTPONED,
    "Hủy": Status.CANCELLED,
}

BEFORE_FIRST_DAY = _("Before the first day %(day)s. Correct one of the two dates.")
BEFORE_OPENING = _("Before the opening date %(day)s. Correct one of the two dates.")


def _line(model: type[models.Model], attribute: str) -> Line:
    return Line(model._meta.get_field(attribute))


def _word(model: type[models.Model], attribute: str) -> Word:
    return Word(model._meta.get_field(attribute))


UNITS = Sheet(
    "Đơn vị",
    Unit,
    (
        Column("Mã đơn vị", "code", Code(), key=True),
        Column("Tên đơn vị", "name", _line(Unit, "name"), required=True),
        Column("Tên tiếng Anh", "name_en", _line(Unit, "name_en")),
        Column("Loại đơn vị", "kind", _word(Unit, "kind")),
        Column("Mã đơn vị cấp trên", "parent", Link("units")),
        Column("Thứ tự", "sort_order", Count()),
        Column("Hiệu lực từ", "valid_from", Date()),
        Column("Hiệu lực đến", "valid_to", Date()),
        Column("Mã đơn vị tiền thân", "predecessors", Links("units")),
        Column("Tên viết tắt", "short_names", Names(Unit._meta.get_field("short_names"))),
    ),
    ("valid_from", "valid_to", BEFORE_FIRST_DAY),
)
STAFF = Sheet(
    "Cán bộ",
    Staff,
    (
        Column("Mã cán bộ", "code", Code(), key=True),
        Column("Họ và tên", "full_name", _line(Staff, "full_name"), required=True),
        Column("Ngày sinh", "birth_date", Birth()),
        Column("Giới tính", "gender", Choice(GENDERS), required=True),
        Column("Dân tộc thiểu số", "is_ethnic_minority", Tick()),
        Column("Đối tượng", "category", Choice(CATEGORIES)),
    ),
)
POSTINGS = Sheet(
    "Quá trình công tác",
    Posting,
    (
        Column("Mã cán bộ", "staff", Link("staff"), key=True),
        Column("Mã đơn vị", "unit", Link("units"), required=True),
        Column("Chức vụ", "position", Named(Position._meta.get_field("name"), "positions")),
        Column("Mã ngạch", "rank", Link("ranks")),
        Column("Từ ngày", "start", Date(), key=True),
        Column("Đến ngày", "end", Date()),
    ),
    ("start", "end", BEFORE_FIRST_DAY),
)
COURSES = Sheet(
    "Chương trình",
    Course,
    (
        Column("Mã chương trình", "code", Code(), key=True),
        Column("Mã lĩnh vực", "field", Link("fields"), required=True),
        Column("Tên chương trình", "name", _line(Course, "name"), required=True),
        Column("Trình độ", "level", _word(Course, "level")),
        Column("Số tiết", "periods", Count()),
    ),
)
SESSIONS = Sheet(
    "Lớp",
    CourseSession,
    (
        Column("Mã lớp", "code", Code(), key=True),
        Column("Mã chương trình", "course", Link("courses"), required=True),
        Column("Tên lớp", "name", _line(CourseSession, "name"), required=True),
        Column("Ngày khai giảng", "start", Date(), required=True),
        Column("Ngày bế giảng", "end", Date(), required=True),
        Column("Hình thức", "mode", Choice(MODES)),
        Column("Địa điểm", "place", _line(CourseSession, "place")),
        Column("Nước", "country", _word(CourseSession, "country")),
        Column("Cơ sở đào tạo", "provider", Named(Provider._meta.get_field("name"), "providers")),
        Column("Số chỗ", "seats", Count()),
        Column("Kinh phí", "cost", Money()),
    ),
    ("start", "end", BEFORE_OPENING),
)
ENROLLMENTS = Sheet(
    "Lượt",
    Enrollment,
    (
        Column("Mã lớp", "session", Link("sessions"), key=True),
        Column("Mã cán bộ", "staff", Link("staff"), key=True),
        Column("Họ và tên", "staff__full_name", _line(Staff, "full_name"), stored=False),
        Column("Số quyết định", "decision_number", _line(Enrollment, "decision_number")),
        Column("Ngày quyết định", "decision_date", Date()),
        Column("Người ký", "decision_signer", _line(Enrollment, "decision_signer")),
        Column("Trạng thái", "status", Choice(STATUSES), required=True),
        Column("Kết quả", "result", _word(Enrollment, "result")),
        Column("Số chứng chỉ", "certificate_number", _line(Enrollment, "certificate_number")),
        Column("Ngày cấp", "certificate_date", Date()),
        Column("Lý do", "reason", _line(Enrollment, "reason")),
    ),
)

# In the order of the workbook, which is also the order in which they are written: a sheet refers to those before it.
SHEETS = (UNITS, STAFF, POSTINGS, COURSES, SESSIONS, ENROLLMENTS)
