"""How a status is shown: a tag with its words; the colour only repeats them."""

from django import template
from django.utils.html import format_html

from courses.models import CourseSession
from enrollments.status import Status

register = template.Library()

_TONES = {
    Status.PROPOSED: "warn",
    Status.COMPLETED: "ok",
    Status.POSTPONED: "warn",
    Status.DECLINED: "no",
    Status.CANCELLED: "no",
}
_STAGE_TONES = {CourseSession.Stage.UNDER_WAY: "ok", CourseSession.Stage.CANCELLED: "no"}


@register.filter
def status_tag(status: str):
    """The tag of an enrollment's status."""
    return format_html('<span class="tag {}">{}</span>', _TONES.get(status, ""), Status(status).label)


@register.filter
def stage_tag(session: CourseSession):
    """The tag of where a class stands today."""
    stage = session.stage()
    return format_html('<span class="tag {}">{}</span>', _STAGE_TONES.get(stage, ""), stage.label)
