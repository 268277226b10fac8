"""Forms of classes, enrolling, and what becomes of an enrollment."""

from .enrolling import ChooseSessionForm, EnrollForm
from .sessions import CancelForm, SessionForm
from .status import CompletionForm, EnrollmentForm, StatusForm

__all__ = [
    "CancelForm",
    "ChooseSessionForm",
    "CompletionForm",
    "EnrollForm",
    "EnrollmentForm",
    "SessionForm",
    "StatusForm",
]
