"""Forms of classes, enrolling, and what becomes of an enrollment."""

from .enrolling import ChooseSessionForm, EnrollForm
from .sessions import CancelForm, SessionForm
from .status import CompletionForm, CompletionRow, EnrollmentForm, StatusForm

__all__ = [
    "CancelForm",
    "ChooseSessionForm",
    "CompletionForm",
    "CompletionRow",
    "EnrollForm",
    "EnrollmentForm",
    "SessionForm",
    "StatusForm",
]
