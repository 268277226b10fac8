"""Addresses of files in and out: the exchange workbook, and lists of people."""

from django.urls import path

from .views import answers, imports, received

app_name = "exchange"

urlpatterns = [
    path("enrollments/import/", imports.ImportUpload.as_view(), name="import_upload"),
    path("enrollments/import/template/", imports.import_template, name="import_template"),
    path("enrollments/import/<int:pk>/", imports.ImportPreview.as_view(), name="import_preview"),
    path("enrollments/import/<int:pk>/marked/", imports.import_marked, name="import_marked"),
    path("enrollments/workbook/", imports.workbook_export, name="workbook_export"),
    path("lists/", received.Inbox.as_view(), name="inbox"),
    path("lists/answers/", answers.AnswerList.as_view(), name="answer_list"),
    path("lists/answers/<int:pk>/forget/", answers.AnswerForget.as_view(), name="answer_forget"),
    path("lists/<int:pk>/", received.ReceivedListPage.as_view(), name="received_list"),
    path("lists/<int:pk>/file/", received.received_file, name="received_file"),
]
