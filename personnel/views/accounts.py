"""Accounts, for administrators, and the log of exports."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_POST

from personnel import services
from personnel.filters import ExportFilter, UserFilter
from personnel.forms import NewUserForm, UserForm
from personnel.models import ExportLog, User
from personnel.tables import ExportTable, UserTable
from vpcp_training.access import allow
from vpcp_training.roles import ADMINS, LOG_READERS
from vpcp_training.screens.forms import ConfirmForm
from vpcp_training.screens.lists import Action, ListPage
from vpcp_training.screens.pages import FormPage, HistoryPage

GIVES_RIGHTS = {"GET", "POST"}  # a page that does nothing else: asked before it is filled in


@allow(*ADMINS)
class UserList(ListPage):
    """The accounts."""

    model, table_class, filterset_class = User, UserTable, UserFilter
    title = gettext_lazy("Users")
    search_label = gettext_lazy("Find a name, without diacritics")
    count_label = ngettext_lazy("%(shown)s account", "%(shown)s accounts", "n")
    actions = (
        Action(gettext_lazy("Log of exports"), "personnel:export_list", LOG_READERS),
        Action(gettext_lazy("Add a user"), "personnel:user_add", ADMINS, primary=True),
    )
    file_name = "nguoi-dung"

    def get_queryset(self):
        return super().get_queryset().select_related("unit")

    def get_table_kwargs(self):
        return {"locked": services.locked_usernames()}


@allow(*LOG_READERS)
class ExportList(ListPage):
    """Who took which rows out of the system, and when."""

    model, table_class, filterset_class = ExportLog, ExportTable, ExportFilter
    title = gettext_lazy("Log of exports")
    search_label = gettext_lazy("Find a list, a filter, a user")
    count_label = ngettext_lazy("%(shown)s export", "%(shown)s exports", "n")
    empty = gettext_lazy("Nothing has been exported yet.")
    file_name = "nhat-ky-xuat"
    nearest_first = False  # a log is read from its end

    def get_queryset(self):
        return super().get_queryset().select_related("user")


class _UserPage(FormPage):
    """What the pages of accounts have in common."""

    model = User

    def get_crumbs(self):
        crumbs = [(_("Users"), reverse("personnel:user_list"))]
        return [*crumbs, (str(self.record), _edit_url(self.record))] if self.record else crumbs

    def get_success_url(self):
        return _edit_url(self.saved)

    def lock(self):
        services.lock_admins()
        super().lock()

    def warn_of_empty_scope(self, user: User) -> None:
        """A leader may be saved before the unit is known; but nobody should find out by signing in."""
        if user.sees_nothing:
            text = _(
                "A leader without a unit sees nothing: the account of %(name)s will see no people, classes or figures"
                " until you choose its unit."
            )
            messages.warning(self.request, text % {"name": user})


class _PasswordPage(_UserPage):
    """A page that gives an account a temporary password, and shows it once."""

    success_message = ""

    def give_password(self, form) -> str:
        """Do it, by a service, and return the password."""
        raise NotImplementedError

    def save(self, form):
        self.password = self.give_password(form)
        return form.instance if self.creates else self.record

    def post(self, request, *args, **kwargs):
        response = super().post(request, *args, **kwargs)
        if not hasattr(self, "password"):
            return response
        crumbs = [(_("Users"), reverse("personnel:user_list")), (str(self.saved), "")]
        expires = self.saved.temporary_since + settings.TEMPORARY_PASSWORD_AGE
        context = {"account": self.saved, "password": self.password, "expires": expires, "crumbs": crumbs}
        return render(request, "personnel/temporary_password.html", context)


@allow(*ADMINS, password_for=GIVES_RIGHTS)
class UserAdd(_PasswordPage):
    """Creates an account."""

    form_class = NewUserForm
    creates = True
    title = gettext_lazy("Add a user")

    def give_password(self, form):
        password = services.create_user(form.instance, self.request.user)
        self.warn_of_empty_scope(form.instance)
        return password


@allow(*ADMINS, password_for={"POST"})
class UserEdit(_UserPage):
    """Corrects an account; beside the form stands what else can be done with it."""

    form_class = UserForm
    template_name = "personnel/user_form.html"

    def save(self, form):
        services.save_user(form.instance, self.request.user)
        self.warn_of_empty_scope(form.instance)
        return form.instance

    def get_title(self):
        return _("Account of %(name)s") % {"name": self.record}

    def get_crumbs(self):
        return [(_("Users"), reverse("personnel:user_list"))]

    def get_context_data(self, **kwargs):
        locked = self.record.username in services.locked_usernames()
        return {**kwargs, "locked": locked, "failures": services.failed_sign_ins(self.record)}


@allow(*ADMINS, password_for=GIVES_RIGHTS)
class UserPassword(_PasswordPage):
    """Gives an account a new temporary password."""

    form_class = ConfirmForm
    template_name = "pages/confirm.html"
    submit_label = gettext_lazy("Reset the password")
    question = gettext_lazy(
        "The account gets a temporary password. The old one stops working, and the user is signed out everywhere."
    )

    def give_password(self, form):
        return services.reset_password(self.record, self.request.user)

    def get_title(self):
        return _("Reset the password of %(name)s") % {"name": self.record}


@allow(*ADMINS, password_for=GIVES_RIGHTS)
class UserReactivate(_PasswordPage):
    """Opens a closed account again."""

    form_class = ConfirmForm
    template_name = "pages/confirm.html"
    submit_label = gettext_lazy("Reactivate")
    question = gettext_lazy("The account can be used again, with a temporary password.")

    def give_password(self, form):
        return services.reactivate(self.record, self.request.user)

    def get_title(self):
        return _("Reactivate the account of %(name)s") % {"name": self.record}


@allow(*ADMINS, password_for=GIVES_RIGHTS)
class UserDeactivate(_UserPage):
    """Closes an account."""

    form_class = ConfirmForm
    template_name = "pages/confirm.html"
    submit_label = gettext_lazy("Deactivate")
    destructive = True
    success_message = gettext_lazy("The account is deactivated.")
    question = gettext_lazy(
        "The user is signed out everywhere and cannot sign in any more. What the account did stays in the histories."
    )

    def save(self, form):
        services.deactivate(self.record, self.request.user)
        return self.record

    def get_title(self):
        return _("Deactivate the account of %(name)s") % {"name": self.record}


@allow(*ADMINS)
@require_POST
def unlock_user(request, pk: int):
    """Lets a locked account sign in at once."""
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    unlocked = services.unlock(user, request.user)
    messages.success(request, _("The account can sign in again.") if unlocked else _("The account was not locked."))
    return redirect(_edit_url(user))


@allow(*ADMINS)
class UserHistory(HistoryPage):
    """Who changed what about an account."""

    model = User

    def get_crumbs(self):
        return [(_("Users"), reverse("personnel:user_list")), (str(self.record), _edit_url(self.record))]


def _edit_url(user: User) -> str:
    return reverse("personnel:user_edit", args=[user.pk])
