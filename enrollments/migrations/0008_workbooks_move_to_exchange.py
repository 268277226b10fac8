"""Uploaded workbooks are no model of this app any more; their table stays, for `exchange`."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("enrollments", "0007_eth_mended")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("WorkbookUpload")]),
    ]
