"""Accounts of the people who use the system, and the log of what they export."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from personnel.querysets import ExportLogQuerySet, UserQuerySet
from vpcp_training.change_sets import History
from vpcp_training.fields import CodeKeyField, TextLineField
from vpcp_training.roles import ADMINS, SERVER_COMMAND, Role, has_role, sees_whole_office
from vpcp_training.text import code_key

from .staff import Staff
from .unit import Unit


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Makes accounts with a hashed password."""

    def create_user(self, username: str, password: str | None = None, **fields) -> "User":
        """An account; without a password nobody can sign in to it."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields) -> "User":
        """An administrator: what `manage.py createsuperuser` makes, which tells a ValidationError as a message."""
        key = code_key(self.model.normalize_username(username))
        if self.filter(username_key=key).exists():
            raise ValidationError(self.model._meta.get_field("username").error_messages["unique"])
        return self.create_user(username, password, **{**fields, "role": Role.ADMIN})


class AccountHistory(History):
    """History of accounts. Signing in, which notes its time, is no change of the account."""

    def post_save(self, instance, created, using=None, **kwargs):
        if kwargs.get("update_fields") != {"last_login"}:
            super().post_save(instance, created, using, **kwargs)


class User(AbstractBaseUser):
    """An account. Its role says what it may do, its unit what a leader may see."""

    Role = Role

    username = models.CharField(
        _("user name"),
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("This user name is taken. Choose another.")},
    )
    username_key = CodeKeyField(of=("username",), max_length=450, unique=True)  # some letters become several
    full_name = TextLineField(_("full name"), max_length=100, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.LEADER)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="leaders",
        verbose_name=_("unit in scope"),
        help_text=_("A leader sees this unit and all below it; without a unit, nothing."),
    )
    staff = models.OneToOneField(
        Staff, models.SET_NULL, null=True, blank=True, related_name="account", verbose_name=_("staff record")
    )
    is_active = models.BooleanField(_("active"), default=True)
    # Set with a password that an administrator has seen: nothing else opens until it is changed.
    must_change_password = models.BooleanField(_("temporary password"), default=False, editable=False)
    temporary_since = models.DateTimeField(_("temporary password given on"), default=timezone.now, editable=False)
    date_joined = models.DateTimeField(_("created on"), default=timezone.now, editable=False)

    _change_reason: str  # for the history

    objects = UserManager()
    history = AccountHistory(excluded_fields=["username_key", "password", "last_login", "temporary_since"])

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="user_role_is_known"),
        ]

    def __str__(self):
        return self.full_name or self.username

    def get_full_name(self) -> str:
        """The person's name, else the user name."""
        return str(self)

    def get_short_name(self) -> str:
        """The user name."""
        return self.username

    @property
    def temporary_password_expired(self) -> bool:
        """Whether the account has a temporary password nobody used in time."""
        return self.must_change_password and timezone.now() - self.temporary_since > settings.TEMPORARY_PASSWORD_AGE

    @property
    def sees_nothing(self) -> bool:
        """Whether the account lacks the unit that bounds what it sees."""
        return self.unit_id is None and not sees_whole_office(self)

    @property
    def is_staff(self) -> bool:
        """Whether Django's own admin (accounts and code lists) is open to the account."""
        return has_role(self, ADMINS)

    @property
    def is_superuser(self) -> bool:
        """Administrators may do everything."""
        return has_role(self, ADMINS)

    def has_perm(self, perm: str, obj=None) -> bool:
        """The permissions of Django's own admin."""
        return self.is_active and self.is_superuser

    def has_module_perms(self, app_label: str) -> bool:
        """As `has_perm`, for an app of Django's own admin."""
        return self.is_active and self.is_superuser


class ExportLog(models.Model):
    """Who took which rows out of the system, and when; a command on the server has no user."""

    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="exports", verbose_name=_("user"))
    at = models.DateTimeField(_("time"), auto_now_add=True)
    what = TextLineField(_("exported"), max_length=100)
    query = TextLineField(_("filter"), max_length=1000, blank=True)
    rows = models.PositiveIntegerField(_("rows"))

    objects = ExportLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.what} ({self.user or SERVER_COMMAND}, {self.at:%d/%m/%Y %H:%M})"
