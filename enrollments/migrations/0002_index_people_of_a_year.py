from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0002_code_lists"),
        ("enrollments", "0001_initial"),
        ("personnel", "0002_postings_never_overlap"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="enrollment",
            name="enrollment_staff_year",
        ),
        migrations.AddIndex(
            model_name="enrollment",
            index=models.Index(fields=["year", "staff", "status"], name="enrollment_people"),
        ),
    ]
