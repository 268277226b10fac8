from django.db import migrations

from vpcp_training.fields import CodeKeyField
from vpcp_training.mending import keep_numbering


def keep(apps, schema_editor):
    keep_numbering(apps, "personnel")


class Migration(migrations.Migration):
    dependencies = [("personnel", "0014_user_names_differ_in_any_case")]

    operations = [
        migrations.AlterField("user", "username_key", CodeKeyField(of=("username",), max_length=450, unique=True)),
        migrations.RunPython(keep, keep),
    ]
