"""The import as one would write it with django-import-export, at its fastest.

Foreign keys and what is stored are read once (by a loader of ours: the library's own takes a single key column only),
and rows are written in bulk, with their history. Each row is checked as by ours: known codes and statuses, the name is
the person's, a posting on the opening day.
"""

from pathlib import Path

from django.core.exceptions import ValidationError
from import_export.fields import Field
from import_export.formats.base_formats import XLSX
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import ModelResource
from import_export.widgets import CachedForeignKeyWidget, CharWidget, DateWidget
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from courses.models import CourseSession
from enrollments.models import Enrollment
from enrollments.snapshots import SNAPSHOT_FIELDS, PostingBook, derive
from enrollments.status import COUNTED, Status
from personnel.models import Posting, Staff, User
from vpcp_training.text import fold

_VALUES = (
    "decision_number",
    "decision_date",
    "decision_signer",
    "status",
    "result",
    "certificate_number",
    "certificate_date",
)
_STATUSES = {
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


class _SessionWidget(CachedForeignKeyWidget):
    def get_queryset(self, value, row, *args, **kwargs):
        return CourseSession.objects.select_related("course")


class _StatusWidget(CharWidget):
    def clean(self, value, row=None, **kwargs):
        if value not in _STATUSES:
            raise ValueError(f"unknown status: {value}")
        return _STATUSES[value]


class _ReadOnce(BaseInstanceLoader):
    """Finds what is stored of a person in a class in memory."""

    def __init__(self, resource, dataset=None):
        super().__init__(resource, dataset)
        stored = resource.get_queryset().filter(session__code__in=set(dataset["Mã lớp"])).order_by("pk")
        self._stored = {(enrollment.session_id, enrollment.staff_id): enrollment for enrollment in stored}

    def get_instance(self, row):
        session, staff = (self.resource.fields[name].clean(row) for name in ("session", "staff"))
        return self._stored.get((session.pk, staff.pk))


class _EnrollmentResource(ModelResource):
    session = Field("session", "Mã lớp", _SessionWidget(CourseSession, "code"))
    staff = Field("staff", "Mã cán bộ", CachedForeignKeyWidget(Staff, "code"))
    decision_number = Field("decision_number", "Số quyết định")
    decision_date = Field("decision_date", "Ngày quyết định", DateWidget("%d/%m/%Y"))
    decision_signer = Field("decision_signer", "Người ký")
    status = Field("status", "Trạng thái", _StatusWidget())
    result = Field("result", "Kết quả", CharWidget(allow_blank=True))
    certificate_number = Field("certificate_number", "Số chứng chỉ", CharWidget(allow_blank=True))
    certificate_date = Field("certificate_date", "Ngày cấp", DateWidget("%d/%m/%Y"))

    class Meta:
        model = Enrollment
        fields = ("session", "staff", *_VALUES)
        import_id_fields = ("session", "staff")
        instance_loader_class = _ReadOnce
        use_bulk = True
        batch_size = 1000
        skip_diff = True
        use_transactions = False

    def __init__(self, user: User):
        super().__init__()
        self._user = user

    def before_import(self, dataset, **kwargs):
        self._postings = PostingBook(Posting.objects.filter(staff__code__in=set(dataset["Mã cán bộ"])))

    def before_import_row(self, row, **kwargs):
        staff = self.fields["staff"].clean(row)
        if fold(row["Họ và tên"]) != fold(staff.full_name):
            raise ValidationError(f"{row['Mã cán bộ']} is {staff.full_name}")

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        derive([instance], self._postings)
        if instance.status in COUNTED and instance.unit_id is None:
            raise ValidationError("no posting on the opening day")
        super().validate_instance(instance, import_validation_errors, validate_unique)

    def get_bulk_update_fields(self):
        return [*super().get_bulk_update_fields(), *SNAPSHOT_FIELDS]

    def bulk_create(self, using_transactions, dry_run, raise_errors, batch_size=None, result=None):
        bulk_create_with_history(self.create_instances, Enrollment, batch_size, default_user=self._user)
        self.create_instances.clear()

    def bulk_update(self, using_transactions, dry_run, raise_errors, batch_size=None, result=None):
        fields = self.get_bulk_update_fields()
        bulk_update_with_history(self.update_instances, Enrollment, fields, batch_size, default_user=self._user)
        self.update_instances.clear()


class _ValidatingResource(_EnrollmentResource):
    class Meta:
        clean_model_instances = True
        skip_unchanged = True


def import_with_rival(path: Path, user: User, *, validating: bool) -> dict[str, int]:
    """Imports the workbook; returns how many rows are new, updated, and so on.

    `validating` turns on what the library has for the other things ours does: the checks of the model (lengths,
    choices, constraints), and leaving alone what does not change.
    """
    resource = _ValidatingResource(user) if validating else _EnrollmentResource(user)
    return resource.import_data(XLSX().create_dataset(path.read_bytes()), raise_errors=True).totals
