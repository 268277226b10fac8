"""/healthz for a monitor."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


def test_healthy_without_signing_in(client):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (
        200,
        {"status": "ok", "database": True, "unapplied_migrations": 0},
    )
    assert "no-store" in response["Cache-Control"]


def test_a_migration_that_was_not_applied_is_unhealthy(client):
    MigrationRecorder(connection).migration_qs.filter(app="enrollments").delete()
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["status"] == "error"
    assert response.json()["unapplied_migrations"] >= 1


def test_a_database_that_does_not_answer_is_unhealthy(client):
    with connection.execute_wrapper(_broken):
        response = client.get("/healthz")
    assert (response.status_code, response.json()["database"]) == (503, False)


def _broken(execute, sql, params, many, context):
    from django.db import OperationalError

    raise OperationalError("server closed the connection")
