"""Forms of classes, enrolling, and what becomes of an enrollment."""

from .enrolling import ChooseSessionForm, EnrollForm
from .results import ResultsForm, ResultsRow
from .sessions import CancelForm, SessionForm
from .status import EnrollmentForm, StatusForm

__all__ = [
    "CancelForm",
    "ChooseSessionForm",
    "EnrollForm",
    "EnrollmentForm",
    "ResultsForm",
    "ResultsRow",
    "SessionForm",
    "StatusForm",
]
