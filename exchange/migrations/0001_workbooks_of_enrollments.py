"""The uploaded workbooks come from `enrollments`, with their table and its rows as they are."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("enrollments", "0008_workbooks_move_to_exchange"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="WorkbookUpload",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True, verbose_name="time")),
                        ("file_name", models.CharField(max_length=255, verbose_name="file")),
                        ("content", models.BinaryField(verbose_name="content")),
                        ("corrections", models.JSONField(default=list, verbose_name="corrections")),
                        ("report", models.JSONField(default=dict, verbose_name="report")),
                        ("applied_at", models.DateTimeField(null=True, verbose_name="applied on")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="uploads",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="user",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "uploaded workbook",
                        "verbose_name_plural": "uploaded workbooks",
                        "db_table": "enrollments_workbookupload",
                        "ordering": ["-at"],
                    },
                ),
            ]
        ),
    ]
