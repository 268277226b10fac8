from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("enrollments", "0005_an_index_of_those_deleted"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="enrollment",
            name="enrollment_report",
        ),
        migrations.AddIndex(
            model_name="enrollment",
            index=models.Index(fields=["year", "field", "unit", "status", "staff"], name="enrollment_report"),
        ),
        migrations.AlterField(
            model_name="historicalenrollment",
            name="history_date",
            field=models.DateTimeField(),
        ),
        migrations.AddIndex(
            model_name="historicalenrollment",
            index=models.Index(fields=["year", "history_date"], name="enrollment_history_growth"),
        ),
    ]
