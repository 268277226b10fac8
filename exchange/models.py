"""An exchange workbook uploaded in the browser, kept between preview and confirmation."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkbookUpload(models.Model):
    """The file, the cells mended on screen, what the last check found, and when it was applied."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="uploads", verbose_name=_("user"))
    at = models.DateTimeField(_("time"), auto_now_add=True)
    file_name = models.CharField(_("file"), max_length=255)
    content = models.BinaryField(_("content"))
    corrections = models.JSONField(_("corrections"), default=list)
    report = models.JSONField(_("report"), default=dict)
    applied_at = models.DateTimeField(_("applied on"), null=True)

    class Meta:
        db_table = "enrollments_workbookupload"  # where it was made
        verbose_name = _("uploaded workbook")
        verbose_name_plural = _("uploaded workbooks")
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_written(self) -> bool:
        """Whether all of it was written."""
        return self.report["applied"] and not self.report["errors"]
