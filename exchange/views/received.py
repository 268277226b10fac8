"""The inbox of lists, and a list whose people are looked at and sent to a class."""

import io
from collections.abc import Mapping
from pathlib import PurePath

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.decorators.http import require_safe

from courses.models import CourseSession
from enrollments.forms import ChooseSessionForm
from enrollments.services.checks import free_seats, late_notice
from enrollments.views.enrolling import ticked_numbers
from personnel.models import User
from vpcp_training.access import allow
from vpcp_training.errors import DomainError
from vpcp_training.figures import grouped
from vpcp_training.races import races_told
from vpcp_training.roles import EDITORS

from ..files.package import OverLimits, UnusableFile
from ..forms import DecisionForm, ReceiveForm
from ..lists.matched import MatchedList
from ..lists.row_kinds import Kind
from ..models import ReceivedList
from ..services import received as lists
from .received_lines import lines_of

TOO_LARGE, REFUSED = 413, 422
MOST_FILES = 50
KINDS = {
    Kind.GROUP: gettext_lazy("groups"),
    Kind.NUMBERING: gettext_lazy("numbers alone"),
    Kind.TOTAL: gettext_lazy("totals"),
    Kind.FOOT: gettext_lazy("signatures"),
    Kind.NOTE: gettext_lazy("notes"),
}


@allow(*EDITORS)
class Inbox(View):
    """The lists somebody received; takes more of them, as files or pasted. 422 where nothing could be taken."""

    def dispatch(self, request, *args, **kwargs):
        self.user, self.session, self.is_workbook = request.user, None, False
        if code := request.GET.get("session"):
            sessions = CourseSession.objects.visible_to(request.user)
            self.session = get_object_or_404(sessions, code=code, cancelled=False)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self._page(ReceiveForm())

    def post(self, request):
        form = ReceiveForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form, status=REFUSED)
        files, too_large, is_known = form.cleaned_data["sent"], False, False
        taken: list[ReceivedList] = []
        if len(files) > MOST_FILES:
            form.add_error("sent", _("At most %(count)d files at once.") % {"count": MOST_FILES})
            return self._page(form, status=REFUSED)
        for name, content, field in self._contents(form):
            try:
                found = lists.receive_lists(name, content, request.user, self.session)
            except UnusableFile as error:
                too_large |= isinstance(error, OverLimits)
                self.is_workbook |= isinstance(error, lists.WorkbookAmongLists)
                form.add_error(field, f"{name}: {error.message}" if field == "sent" else error.message)
            else:
                taken += found.lists
                is_known |= found.is_known
        if form.errors:
            return self._page(form, status=TOO_LARGE if too_large else REFUSED)
        url = list_url(taken[0]) if len(taken) == 1 else reverse("exchange:inbox")
        # In the address: a message would be shown to the script that sends the file.
        return HttpResponseRedirect(f"{url}?again=1" if is_known else url)

    def _contents(self, form: ReceiveForm):
        """The name, content and field of each that came; what is pasted is read as a text file."""
        for file in form.cleaned_data["sent"]:
            if file.size > settings.UPLOAD_MAX:
                form.add_error("sent", _("%(name)s is over 20 MB.") % {"name": file.name})
            else:
                yield PurePath(file.name).name, file.read(), "sent"
        if text := form.cleaned_data["text"].strip("\r\n"):
            name = _("Pasted on %(at)s") % {"at": f"{timezone.localtime():%d/%m/%Y %H:%M}"}
            yield name, text.encode(), "text"

    def _page(self, form: ReceiveForm, status: int = 200) -> HttpResponse:
        title = _("Received lists")
        shown = ReceivedList.objects.visible_to(self.user).not_discarded()
        context = {
            "title": title,
            "crumbs": [(title, "")],
            "form": form,
            "session": self.session,
            "is_workbook": self.is_workbook,
            "again": "again" in self.request.GET,
            "lists": shown.select_related("file", "session").defer("file__content")[:100],
        }
        return render(self.request, "exchange/inbox.html", context, status=status)


@allow(*EDITORS)
class ReceivedListPage(View):
    """A list: its class, whom its rows mean, the doubts to answer, and one button that sends them.

    POST `step`: `class` chooses the class, `save` keeps the answers, `send` sends, `discard` takes it out of the inbox.
    """

    def dispatch(self, request, *args, pk, **kwargs):
        self.user: User = request.user
        found = ReceivedList.objects.visible_to(request.user).select_related("file", "session__course")
        self.list = get_object_or_404(found, pk=pk)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self._page()

    def post(self, request):
        step = request.POST.get("step")
        try:
            with races_told():
                if step == "discard":
                    lists.discard_list(self.list, request.user)
                    messages.success(request, _("The list was discarded. Send the file again to bring it back."))
                    return HttpResponseRedirect(reverse("exchange:inbox"))
                if step == "class":
                    return self._choose_class()
                return self._send() if step == "send" else self._save()
        except UnusableFile as error:
            return self._page(error=DomainError((None, error.message)))
        except DomainError as error:
            return self._page(error=error)

    def _choose_class(self) -> HttpResponse:
        form = ChooseSessionForm(self.request.POST)
        if not form.is_valid():
            return self._page(class_form=form)
        lists.choose_class(self.list, form.cleaned_data["session"], self.user)
        return HttpResponseRedirect(list_url(self.list))

    def _save(self) -> HttpResponse:
        lists.answer_rows(self.list, lists.read_received(self.list).rows, self._answers(), self.user)
        messages.success(self.request, _("Kept. Nobody has been sent yet."))
        return HttpResponseRedirect(list_url(self.list))

    def _send(self) -> HttpResponse:
        form = DecisionForm(self.request.POST)
        answers, matched = self._answers(), lists.read_received(self.list)
        lists.answer_rows(self.list, matched.rows, answers, self.user)
        if not form.is_valid():
            return self._page(form=form)
        sent = lists.send_list(
            self.list,
            matched,
            form.decision,
            self.user,
            seen=answers,
            session_seen=next(iter(ticked_numbers(self.request.POST.getlist("session_seen"))), None),
            confirmed=ticked_numbers(self.request.POST.getlist("confirmed")),
        )
        text = ngettext("%(count)s person was sent.", "%(count)s people were sent.", len(sent))
        messages.success(self.request, text % {"count": grouped(len(sent))})
        return HttpResponseRedirect(list_url(self.list))

    def _answers(self) -> dict[int, int | None]:
        """Whom the page says that each row means.

        A row that is sure is left out without its tick, one with a finding to confirm as well; a doubt stays undecided.
        """
        post, answers = self.request.POST, {}
        for number in ticked_numbers(post.getlist("row")):
            who = ticked_numbers(post.getlist(f"who-{number}"))
            answers[number] = next(iter(who), None if f"doubt-{number}" in post else lists.LEFT_OUT)
        return answers

    def _page(
        self,
        form: DecisionForm | None = None,
        class_form: ChooseSessionForm | None = None,
        error: DomainError | None = None,
    ) -> HttpResponse:
        received, matched, lines = self.list, None, []
        try:
            matched = lists.read_received(received)
        except UnusableFile as unusable:
            error = DomainError((None, unusable.message))
        if matched:
            lines = lines_of(matched, received, self.user)
        going = sum(line.goes for line in lines)
        head = {"decision_number": received.decision_number, "decision_date": received.decision_date}
        context = {
            "title": received.label,
            "crumbs": [(_("Received lists"), reverse("exchange:inbox")), (received.file.name, "")],
            "list": received,
            "table": matched and matched.table,
            "lines": lines,
            "left_out": _left_out(matched),
            "going": going,
            "open": sum(line.is_open for line in lines),
            "form": form or DecisionForm(initial=head),
            "class_form": class_form or ChooseSessionForm(),
            "suggested": [] if received.session else suggested_classes(matched, self.user),
            "free": free_seats(received.session) if received.session else None,
            "late": late_words(received.session, going),
            "again": "again" in self.request.GET,
            "errors": [text for _field, text in error.messages] if error else [],
        }
        status = REFUSED if error or (form and form.errors) or (class_form and class_form.errors) else 200
        return render(self.request, "exchange/received_list.html", context, status=status)


@allow(*EDITORS)
@require_safe
def received_file(request, pk: int):
    """The file as it came."""
    received = get_object_or_404(ReceivedList.objects.visible_to(request.user).select_related("file"), pk=pk)
    return FileResponse(io.BytesIO(received.file.content), as_attachment=True, filename=received.file.name)


def list_url(received: ReceivedList) -> str:
    """The page of a list."""
    return reverse("exchange:received_list", args=[received.pk])


def late_words(session: CourseSession | None, going: int) -> str:
    """What sending so many people to a class that is over does to its year."""
    late = late_notice(session) if session else None
    return late.of(going) if late else ""


def _left_out(matched: MatchedList | None) -> Mapping[str, list[int]]:
    """The rows that are taken for no people, by what they are; without the head and the headings."""
    found: dict[str, list[int]] = {}
    for number, kind in matched.table.left_out if matched else []:
        if kind in KINDS:
            found.setdefault(str(KINDS[kind]), []).append(number)
    return found


def suggested_classes(matched: MatchedList | None, user: User) -> list[CourseSession]:
    """Classes of the days in the head of a list, or whose people were sent by its decision."""
    if not matched:
        return []
    head, sessions = matched.table.head, CourseSession.objects.visible_to(user).filter(cancelled=False)
    found: list[CourseSession] = []
    if head.start and head.end:
        found += sessions.filter(start=head.start, end=head.end)[:3]
    if head.decision_number:
        found += sessions.filter(enrollments__decision_number=head.decision_number).distinct()[:3]
    return list(dict.fromkeys(found))
