"""Addresses of enrollments."""

app_name = "enrollments"

urlpatterns = []
