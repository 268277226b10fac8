from django.db import migrations

from vpcp_training.fields import CodeKeyField
from vpcp_training.mending import keep_numbering


def keep(apps, schema_editor):
    keep_numbering(apps, "personnel")


class Migration(migrations.Migration):
    dependencies = [("personnel", "0009_eth_mended_and_code_keys_filled")]

    operations = [
        *(
            migrations.AlterField(name, "code_key", CodeKeyField(of=("code",), unique=True))
            for name in ("rank", "staff", "unit")
        ),
        migrations.RunPython(keep, keep),
    ]
