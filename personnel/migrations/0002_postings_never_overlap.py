"""PostgreSQL itself refuses overlapping postings of one person; on SQLite the services do, under the write lock."""

from django.db import migrations

CONSTRAINT = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE personnel_posting ADD CONSTRAINT posting_no_overlap
    EXCLUDE USING gist (staff_id WITH =, daterange("start", "end", '[]') WITH &&) DEFERRABLE INITIALLY DEFERRED;
"""


def add_constraint(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CONSTRAINT)


def drop_constraint(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE personnel_posting DROP CONSTRAINT posting_no_overlap")


class Migration(migrations.Migration):
    dependencies = [("personnel", "0001_initial")]

    operations = [migrations.RunPython(add_constraint, drop_constraint)]
