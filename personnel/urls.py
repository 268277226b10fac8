"""Addresses of personnel."""

app_name = "personnel"

urlpatterns = []
