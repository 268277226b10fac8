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

# Final unless corrected: a change from one of these needs a reason whatever the target. Nobody else has a certificate.
CLOSED = (Status.COMPLETED, Status.NOT_COMPLETED, Status.DROPPED_OUT)

# A mistake can still be deleted; later on the person was in the class, and an end is recorded instead.
DELETABLE = (Status.PROPOSED, Status.SENT)

# What a button says that takes the step: a deed, where the status is a state.
DEEDS = {
    Status.PROPOSED: _("Propose again"),
    Status.SENT: _("Send to study"),
    Status.STUDYING: _("Put to studying"),
    Status.COMPLETED: _("Complete"),
    Status.NOT_COMPLETED: _("Record as not completed"),
    Status.DROPPED_OUT: _("Record as dropped out"),
    Status.DECLINED: _("Decline"),
    Status.POSTPONED: _("Postpone"),
    Status.CANCELLED: _("Cancel the enrollment"),
}

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


def steps_to(old: str, new: str) -> tuple[Status, ...] | None:
    """The steps that make an outcome of a status: none if it is that, two where an outcome is corrected to another.

    None where the workflow has no such way.
    """
    if new == old:
        return ()
    if new in next_statuses(old):
        return (Status(new),)
    return (Status.STUDYING, Status(new)) if old in CLOSED and new in CLOSED else None


def needs_reason(old: str, new: str) -> bool:
    """Whether the change has to say why: bad news, or the correction of a closed enrollment."""
    return new in _NEEDS_REASON or old in CLOSED
