"""Whom somebody removed from classes is asked by person; those deleted are few among the rows of the history."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enrollments", "0004_history_without_indexes_of_references")]

    operations = [
        migrations.AddIndex(
            model_name="historicalenrollment",
            index=models.Index(fields=["staff"], condition=models.Q(history_type="-"), name="enrollment_removed"),
        ),
    ]
