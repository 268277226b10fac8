import django.db.models.deletion
from django.db import migrations, models

REFERENCES = {
    "staff": ("personnel.staff", "staff member"),
    "field": ("courses.field", "field"),
    "unit": ("personnel.unit", "unit"),
    "position": ("personnel.position", "position held"),
    "rank": ("personnel.rank", "rank"),
}


def _reference(name: str, to: str, verbose_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        blank=True,
        db_constraint=False,
        db_index=False,
        editable=name == "staff",
        null=True,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name="+",
        to=to,
        verbose_name=verbose_name,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("enrollments", "0003_workbook_corrections"),
        ("personnel", "0004_code_list_history"),
    ]

    operations = [
        migrations.AlterField("historicalenrollment", name, _reference(name, to, verbose_name))
        for name, (to, verbose_name) in REFERENCES.items()
    ]
