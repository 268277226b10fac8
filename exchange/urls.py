"""Addresses of files in and out: the exchange workbook."""

from django.urls import path

from . import views

app_name = "exchange"

urlpatterns = [
    path("enrollments/import/", views.ImportUpload.as_view(), name="import_upload"),
    path("enrollments/import/template/", views.import_template, name="import_template"),
    path("enrollments/import/<int:pk>/", views.ImportPreview.as_view(), name="import_preview"),
    path("enrollments/import/<int:pk>/marked/", views.import_marked, name="import_marked"),
    path("enrollments/workbook/", views.workbook_export, name="workbook_export"),
]
