from django.db import migrations

from vpcp_training.fields import CodeKeyField


class Migration(migrations.Migration):
    dependencies = [("personnel", "0007_temporary_since")]

    operations = [
        migrations.AddField(name, "code_key", CodeKeyField(of=("code",), default=""), False)
        for name in ("rank", "staff", "unit")
    ]
