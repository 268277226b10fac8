"""Enrolling: choose people, look at what will happen, save."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views import View

from courses.models import CourseSession
from enrollments.forms import ChooseSessionForm, EnrollForm
from enrollments.models import DECISION_FACTS
from enrollments.services import enroll
from enrollments.services.checks import Finding, Severity, check, ensure_seats, free_seats, is_ready, late_notice
from enrollments.services.enrolling import EnrollmentRefused, ensure_open
from enrollments.snapshots import PostingBook
from enrollments.status import Status
from personnel.models import Posting, Staff
from vpcp_training.access import allow
from vpcp_training.errors import DomainError
from vpcp_training.races import LostRace, races_told
from vpcp_training.roles import ENROLLERS, may_edit

from .sessions import session_crumbs, session_url

# How many names the message after saving tells before it only counts the others.
_NAMED = 10


@dataclass(frozen=True)
class CheckedPerson:
    """One line of the check: who, where posted on the opening date, what speaks against, whether to go on with."""

    staff: Staff
    posting: Posting | None
    findings: list[Finding]
    severity: Severity | None
    ticked: bool

    @property
    def is_ready(self) -> bool:
        """Nothing has to be confirmed."""
        return is_ready(self.severity)


@allow(*ENROLLERS)
class Enroll(View):
    """Three steps on one address: `edit` chooses people, `check` says what will happen, `save` does it.

    A leader proposes; hr and admin send, or propose as well.
    """

    def dispatch(self, request, *args, **kwargs):
        sessions = CourseSession.objects.visible_to(request.user).select_related("course")
        self.session = get_object_or_404(sessions, code=kwargs["code"])
        self.may_send = may_edit(request.user)
        try:
            ensure_open(self.session)
        except DomainError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(session_url(self.session))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        return self._choose(self._form(initial=self._initial()))

    def post(self, request, *args, **kwargs):
        form, step = self._form(data=request.POST), request.POST.get("step")
        if not form.is_valid():
            return self._choose(form, status=422)
        if step in ("save", "more"):
            return self._save(form)
        return self._choose(form, dirty=True) if step == "edit" else self._check(form)

    def _form(self, **kwargs) -> EnrollForm:
        return EnrollForm(session=self.session, user=self.request.user, may_send=self.may_send, **kwargs)

    def _initial(self) -> dict:
        """Somebody chosen on another page, and the decision last used in this class."""
        user = self.request.user
        people = Staff.objects.visible_to(user).filter(code=self.request.GET.get("staff", ""))
        decided = self.session.enrollments.visible_to(user).exclude(decision_number="").order_by("-pk").first()
        return {"people": people, **({name: getattr(decided, name) for name in DECISION_FACTS} if decided else {})}

    def _choose(self, form: EnrollForm, status: int = 200, **context):
        return self._page("enrollments/enroll.html", form, 1, status, **context)

    def _check(self, form: EnrollForm, error: DomainError | None = None):
        """What will happen to each person; after a first look with what was ticked there."""
        people = form.cleaned_data["chosen"]
        result = check(self.session, people, self.request.user)
        postings = Posting.objects.filter(staff__in=people).visible_to(self.request.user).select_related("unit")
        book = PostingBook(postings)
        lines, was_ticked = [], self._ticked("ready", "confirmed")
        for staff in people:
            severity = result.severity_of(staff)
            ticked = staff.pk in was_ticked if error or was_ticked else is_ready(severity)
            posting = book.on(staff.pk, self.session.start)
            lines.append(CheckedPerson(staff, posting, result.of(staff), severity, ticked))
        order = [*Severity, None]
        lines.sort(key=lambda line: order.index(line.severity))
        going = sum(line.ticked and line.severity != Severity.REFUSED for line in lines)
        sends = form.target == Status.SENT
        late = late_notice(self.session, sends=sends)
        if error is None and sends:
            # Nobody ready, but somebody to tick: a full class is said all the same.
            to_tick = any(line.severity == Severity.CONFIRM for line in lines)
            error = self._too_many(sum(line.is_ready for line in lines) or int(to_tick))
        refused = 409 if isinstance(error, LostRace) else 422
        return self._page(
            "enrollments/enroll_check.html",
            form,
            2,
            refused if self.request.POST.get("step") in ("save", "more") else 200,
            lines=lines,
            counts=_counts(lines),
            going=going,
            errors=[text for _field, text in error.messages] if error else [],
            sends=sends,
            doubts=form.decision.doubts(self.session) if sends else [],
            late=late,
            late_words=late.of(going) if late else "",
        )

    def _too_many(self, wanted: int) -> DomainError | None:
        try:
            ensure_seats(self.session, wanted)
        except DomainError as error:
            return error

    def _save(self, form: EnrollForm):
        ready, confirmed = self._ticked("ready"), self._ticked("confirmed")
        people = [staff for staff in form.cleaned_data["chosen"] if staff.pk in ready | confirmed]
        try:
            with races_told():
                enroll(
                    self.session,
                    people,
                    self.request.user,
                    status=form.target,
                    decision=form.decision,
                    confirmed=confirmed,
                )
        except EnrollmentRefused as error:
            changed = _("Nobody was enrolled, because something changed meanwhile. Look at the lines again.")
            return self._check(form, DomainError((None, changed), *error.messages))
        except DomainError as error:
            return self._check(form, error)
        messages.success(self.request, _saved_message(people, form.target))
        goes_on = self.request.POST["step"] == "more"
        return HttpResponseRedirect(session_url(self.session, "enroll" if goes_on else "detail"))

    def _ticked(self, *names: str) -> set[int]:
        return ticked_numbers(value for name in names for value in self.request.POST.getlist(name))

    def _page(self, template: str, form: EnrollForm, step: int, status: int, **context):
        title = pgettext("in a class", "Send people to study") if self.may_send else _("Propose people")
        context = {
            "session": self.session,
            "form": form,
            "step": step,
            "dirty": status != 200,
            "may_send": self.may_send,
            "free": free_seats(self.session),
            "taken": self.session.enrollments.seats_taken(),
            "title": title,
            "crumbs": [*session_crumbs(self.session), (title, "")],
            **context,
        }
        return render(self.request, template, context, status=status)


def ticked_numbers(values: Iterable[str]) -> set[int]:
    """The ids of ticked rows, without what cannot be one."""
    return {int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 18}


def _counts(lines: Collection[CheckedPerson]) -> list[tuple[str, str, int]]:
    """How many lines of each kind: (tone of the tag, its words, number)."""
    found: dict[tuple[str, str], int] = {}
    for line in lines:
        key = ("ok", _("Ready")) if line.is_ready else (_TONES[line.severity], line.findings[0].label)
        found[key] = found.get(key, 0) + 1
    return [(tone, label, number) for (tone, label), number in found.items()]


_TONES = {Severity.REFUSED: "no", Severity.CONFIRM: "warn"}


def _saved_message(people: list[Staff], status: Status) -> str:
    names = ", ".join(staff.full_name for staff in people[:_NAMED])
    if len(people) > _NAMED:
        names += _(" and %(count)d others") % {"count": len(people) - _NAMED}
    if status == Status.SENT:
        text = ngettext("%(count)d person sent: %(names)s.", "%(count)d people sent: %(names)s.", len(people))
    else:
        text = ngettext("%(count)d person proposed: %(names)s.", "%(count)d people proposed: %(names)s.", len(people))
    return text % {"count": len(people), "names": names}


@allow(*ENROLLERS)
class ChooseSession(View):
    """Which class people are sent to, before its enrolling page; `?staff=` is carried on to it."""

    def get(self, request):
        code, staff = request.GET.get("staff"), None
        if code:
            staff = get_object_or_404(Staff.objects.visible_to(request.user), code=code)
        form = ChooseSessionForm(request.GET if "session" in request.GET else None)
        if form.is_valid():
            url = reverse("enrollments:session_enroll", args=[form.cleaned_data["session"].code])
            return HttpResponseRedirect(f"{url}?{urlencode({'staff': staff.code})}" if staff else url)
        above = [(_("Enrollments"), reverse("enrollments:enrollment_list"))]
        if staff:
            title = _("Choose a class for %(name)s") % {"name": staff.full_name}
            back = reverse("enrollments:staff_record", args=[staff.code])
            crumbs = [*above, (staff.full_name, back)]
        else:
            sends = may_edit(request.user)
            title = _("Send people to study") if sends else _("Propose people")
            crumbs, back = above, above[0][1]
        context = {"form": form, "staff": staff, "title": title, "crumbs": [*crumbs, (title, "")], "cancel_url": back}
        return render(request, "enrollments/choose_session.html", context, status=422 if form.errors else 200)
