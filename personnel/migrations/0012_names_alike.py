from django.db import migrations, models

from vpcp_training.fields import AlikeField
from vpcp_training.mending import keep_numbering


def keep(apps, schema_editor):
    keep_numbering(apps, "personnel")


class Migration(migrations.Migration):
    dependencies = [("personnel", "0011_exports_by_command")]

    operations = [
        migrations.AddField("staff", "alike", AlikeField(of=("full_name",), default=""), preserve_default=False),
        migrations.AddIndex("staff", models.Index(fields=["alike"], name="staff_alike")),
        migrations.RunPython(keep, keep),
    ]
