"""Addresses of enrollments."""

from django.urls import path

from .views import changes, courses, enrolling, enrollments, histories, pickers, postings, records, rosters, sessions

app_name = "enrollments"

urlpatterns = [
    path("courses/sessions/", sessions.SessionList.as_view(), name="session_list"),
    path("new/session/", sessions.SessionAdd.as_view(), name="session_add"),
    path("courses/sessions/<code:code>/", sessions.SessionDetail.as_view(), name="session_detail"),
    path("courses/sessions/<code:code>/edit/", sessions.SessionEdit.as_view(), name="session_edit"),
    path("courses/sessions/<code:code>/cancel/", sessions.SessionCancel.as_view(), name="session_cancel"),
    path("deleted/sessions/", sessions.SessionDeleted.as_view(), name="session_deleted"),
    path("courses/sessions/<code:code>/delete/", sessions.SessionDelete.as_view(), name="session_delete"),
    path("courses/sessions/<code:code>/history/", histories.SessionHistory.as_view(), name="session_history"),
    path("courses/sessions/<code:code>/enroll/", enrolling.Enroll.as_view(), name="session_enroll"),
    path("courses/sessions/<code:code>/status/", rosters.RosterStatus.as_view(), name="session_status"),
    path("courses/sessions/<code:code>/results/", rosters.SessionResults.as_view(), name="session_results"),
    path("courses/sessions/<code:code>/complete/", rosters.session_complete, name="session_complete"),
    path("new/enrollment/", enrolling.ChooseSession.as_view(), name="choose_session"),
    path("pick/candidates/", pickers.pick_candidates, name="pick_candidates"),
    path("pick/session/", pickers.pick_session, name="pick_session"),
    path("enrollments/", enrollments.EnrollmentList.as_view(), name="enrollment_list"),
    path("enrollments/people/", enrollments.PeopleList.as_view(), name="people_list"),
    path("enrollments/<int:pk>/", enrollments.EnrollmentDetail.as_view(), name="enrollment_detail"),
    path("enrollments/<int:pk>/edit/", changes.EnrollmentEdit.as_view(), name="enrollment_edit"),
    path("enrollments/<int:pk>/status/", changes.EnrollmentStatus.as_view(), name="enrollment_status"),
    path("enrollments/<int:pk>/delete/", changes.EnrollmentDelete.as_view(), name="enrollment_delete"),
    path("enrollments/<int:pk>/withdraw/", changes.ProposalWithdraw.as_view(), name="proposal_withdraw"),
    path("enrollments/<int:pk>/history/", enrollments.EnrollmentHistory.as_view(), name="enrollment_history"),
    path("personnel/<code:code>/", records.staff_record, name="staff_record"),
    path("personnel/<code:code>/history/", histories.StaffHistory.as_view(), name="staff_history"),
    path("courses/catalogue/<code:code>/edit/", courses.CourseEdit.as_view(), name="course_edit"),
    path("personnel/<code:code>/postings/", postings.PostingList.as_view(), name="posting_list"),
    path("personnel/<code:code>/postings/add/", postings.PostingAdd.as_view(), name="posting_add"),
    path("personnel/<code:code>/postings/<int:pk>/", postings.PostingEdit.as_view(), name="posting_edit"),
    path("personnel/<code:code>/postings/<int:pk>/delete/", postings.PostingDelete.as_view(), name="posting_delete"),
]
