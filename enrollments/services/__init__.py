"""Changes made to enrollments and to what they are derived from: one function a use case, one transaction."""

from .corrections import correct_enrollment, delete_posting, save_course, save_posting, save_session
from .enrolling import enroll
from .workflow import cancel_session, change_status, delete_enrollment, record_results, withdraw_proposal

__all__ = [
    "cancel_session",
    "change_status",
    "correct_enrollment",
    "delete_enrollment",
    "delete_posting",
    "enroll",
    "record_results",
    "save_course",
    "save_posting",
    "save_session",
    "withdraw_proposal",
]
