"""Addresses of reports."""

from django.urls import path

from . import views

app_name = "reports"

urlpatterns = [
    path("", views.Dashboard.as_view(), name="dashboard"),
    path("reports/yearly/", views.Yearly.as_view(), name="yearly"),
    path("reports/yearly/excel/", views.YearlyExcel.as_view(), name="yearly_excel"),
    path("reports/untrained/", views.Untrained.as_view(), name="untrained"),
    path("reports/rule/", views.rule, name="rule"),
]
