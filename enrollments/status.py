"""The status workflow of an enrollment: which statuses exist, which count, which may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where an enrollment stands."""

    PROPOSED = "proposed", _("Proposed")
    SENT = "sent", _("Sent")
    STUDYING = "studying", _("Studying")
    COMPLETED = "completed", _("Completed")
    NOT_COMPLETED = "not_completed", _("Not completed")
    DROPPED_OUT = "dropped_out", _("Dropped out")
    DECLINED = "declined", _("Declined")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


# A participation (lượt) is an enrollment with one of these.
COUNTED = (Status.SENT, Status.STUDYING, Status.COMPLETED, Status.NOT_COMPLETED, Status.DROPPED_OUT)

# The person may be enrolled in the same class again, as a new row.
INACTIVE = (Status.DECLINED, Status.CANCELLED)

# Final unless corrected: a change from one of these needs a reason whatever the target.
CLOSED = (Status.COMPLETED, Status.NOT_COMPLETED, Status.DROPPED_OUT)

# Those whom the completion of the class is about.
COMPLETABLE = (Status.SENT, Status.STUDYING)

# A mistake can still be deleted; later on the person was in the class, and an end is recorded instead.
DELETABLE = (Status.PROPOSED, Status.SENT)

_TRANSITIONS = {
    Status.PROPOSED: (Status.SENT, Status.DECLINED, Status.POSTPONED, Status.CANCELLED),
    Status.POSTPONED: (Status.PROPOSED, Status.SENT, Status.CANCELLED),
    Status.SENT: (
        Status.STUDYING,
        Status.COMPLETED,
        Status.NOT_COMPLETED,
        Status.DROPPED_OUT,
        Status.POSTPONED,
        Status.CANCELLED,
    ),
    Status.STUDYING: (Status.COMPLETED, Status.NOT_COMPLETED, Status.DROPPED_OUT, Status.CANCELLED),
    **dict.fromkeys(CLOSED, (Status.STUDYING,)),
}

_NEEDS_REASON = (
    Status.DECLINED,
    Status.POSTPONED,
    Status.CANCELLED,
    Status.NOT_COMPLETED,
    Status.DROPPED_OUT,
)


def next_statuses(status: str) -> tuple[Status, ...]:
    """The statuses that may follow; none after declined and cancelled."""
    return _TRANSITIONS.get(Status(status), ())


def needs_reason(old: str, new: str) -> bool:
    """Whether the change has to say why: bad news, or the correction of a closed enrollment."""
    return new in _NEEDS_REASON or old in CLOSED
