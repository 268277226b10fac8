"""Addresses of enrollments."""

from django.urls import path

from .views import courses, postings

app_name = "enrollments"

urlpatterns = [
    path("courses/catalogue/<code:code>/edit/", courses.CourseEdit.as_view(), name="course_edit"),
    path("personnel/<code:code>/postings/", postings.PostingList.as_view(), name="posting_list"),
    path("personnel/<code:code>/postings/add/", postings.PostingAdd.as_view(), name="posting_add"),
    path("personnel/<code:code>/postings/<int:pk>/", postings.PostingEdit.as_view(), name="posting_edit"),
    path("personnel/<code:code>/postings/<int:pk>/delete/", postings.PostingDelete.as_view(), name="posting_delete"),
]
