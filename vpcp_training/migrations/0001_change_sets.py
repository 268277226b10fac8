"""Change sets: what belongs together in the histories."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import vpcp_training.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChangeSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="time")),
                ("use_case", models.CharField(max_length=50, verbose_name="what was done")),
                ("about", vpcp_training.fields.TextLineField(blank=True, max_length=300, verbose_name="about")),
                (
                    "of_mark_alone",
                    models.BooleanField(default=False, verbose_name="changes the ethnic-minority mark alone"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="change_sets",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "change set",
                "verbose_name_plural": "change sets",
                "ordering": ["-at", "-pk"],
            },
        ),
    ]
