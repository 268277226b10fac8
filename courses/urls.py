"""Addresses of the course catalogue."""

from django.urls import path

from . import views
from .code_lists import FIELDS, PROVIDERS

app_name = "courses"

urlpatterns = [
    path("courses/", views.CourseList.as_view(), name="course_list"),
    path("new/course/", views.CourseAdd.as_view(), name="course_add"),
    path("deleted/courses/", views.CourseDeleted.as_view(), name="course_deleted"),
    path("courses/catalogue/<code:code>/delete/", views.CourseDelete.as_view(), name="course_delete"),
    path("courses/catalogue/<code:code>/history/", views.CourseHistory.as_view(), name="course_history"),
    *FIELDS.urls,
    *PROVIDERS.urls,
]
