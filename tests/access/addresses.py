"""Every address of the site, and who may open it: written down from the roles of the office, not from the views.

An address is known by its URL name, one without a name by its route.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, get_resolver, reverse

ADMIN, HR, LEADER, AUDITOR, ANONYMOUS = "admin", "hr", "leader", "auditor", "anonymous"
ALL = frozenset({ADMIN, HR, LEADER, AUDITOR})
PUBLIC = ALL | {ANONYMOUS}
OFFICE = frozenset({ADMIN, HR})
OFFICE_READERS = frozenset({ADMIN, HR, AUDITOR})
ENROLLERS = frozenset({ADMIN, HR, LEADER})
ADMINS = frozenset({ADMIN})
LOG_READERS = frozenset({ADMIN, AUDITOR})
LEADERS = frozenset({LEADER})


@dataclass(frozen=True)
class Address:
    """Who may open it, on which kind of record, and what they are answered to GET (`?query`) and to an empty POST.

    `anonymous` are the answers to those who are not signed in, where they are others.
    """

    roles: frozenset[str]
    record: str = ""
    get: int = 200
    post: int = 405
    query: str = ""
    anonymous: tuple[int, int] | None = None

    def url(self, name: str, arguments: dict) -> str:
        """The address with its query."""
        route = name if "/" in name else ""
        for argument, value in arguments.items():
            route = re.sub(rf"<\w+:{argument}>|\(\?P<{argument}>.*\)\$", str(value), route)
        return (f"/{route}" if route else reverse(name, kwargs=arguments)) + (self.query and f"?{self.query}")


# A refused form is 422; one that does not say which version of the record it changes is 409.
ADDRESSES = {
    "login": Address(PUBLIC, get=302, post=302, anonymous=(200, 422)),  # whoever is signed in goes on
    "logout": Address(PUBLIC, get=405, post=302),
    "set_language": Address(PUBLIC, get=302, post=302),
    "healthz": Address(PUBLIC),
    "favicon": Address(PUBLIC, get=302),
    "sign_in_anew": Address(ALL, post=422),
    "password_change": Address(ALL, post=422),
    "password_change_done": Address(ALL),
    "change_set_list": Address(LOG_READERS),
    "change_set": Address(LOG_READERS, "change_set", post=200),
    "personnel:staff_list": Address(ALL),
    "personnel:staff_add": Address(OFFICE, post=422),
    "personnel:staff_edit": Address(OFFICE, "staff", post=422),
    "personnel:staff_deleted": Address(OFFICE_READERS),
    "personnel:staff_delete": Address(OFFICE, "staff", get=302, post=409),  # sent to classes
    "personnel:pick_staff": Address(ALL, post=200, query="q=an"),
    "personnel:pick_unit": Address(OFFICE, post=200, query="q=qt"),
    "personnel:unit_list": Address(ALL),
    "personnel:unit_add": Address(OFFICE, post=422),
    "personnel:unit_edit": Address(OFFICE, "unit", post=422),
    "personnel:unit_deleted": Address(OFFICE_READERS),
    "personnel:unit_delete": Address(OFFICE, "unit", get=302, post=409),  # people are posted there
    "personnel:unit_history": Address(OFFICE_READERS, "unit"),
    "personnel:export_list": Address(LOG_READERS),
    "personnel:user_list": Address(ADMINS),
    "personnel:user_add": Address(ADMINS, post=422),
    "personnel:user_edit": Address(ADMINS, "user", post=422),
    "personnel:user_password": Address(ADMINS, "user", post=409),
    "personnel:user_unlock": Address(ADMINS, "user", get=405, post=302),
    "personnel:user_deactivate": Address(ADMINS, "user", post=409),
    "personnel:user_reactivate": Address(ADMINS, "user", post=409),
    "personnel:user_history": Address(ADMINS, "user"),
    "courses:course_list": Address(ALL),
    "courses:course_add": Address(OFFICE, post=422),
    "courses:course_deleted": Address(OFFICE_READERS),
    "courses:course_delete": Address(OFFICE, "course", get=302, post=409),  # it has classes
    "courses:course_history": Address(ALL, "course"),
    "enrollments:course_edit": Address(OFFICE, "course", post=422),
    "enrollments:session_list": Address(ALL),
    "enrollments:session_add": Address(OFFICE, post=422),
    "enrollments:session_detail": Address(ALL, "session"),
    "enrollments:session_edit": Address(OFFICE, "session", post=422),
    "enrollments:session_cancel": Address(OFFICE, "session", get=302, post=422),  # somebody has finished it
    "enrollments:session_deleted": Address(OFFICE_READERS),
    "enrollments:session_delete": Address(OFFICE, "session", get=302, post=409),  # somebody is in it
    "enrollments:session_history": Address(ALL, "session"),
    "enrollments:session_enroll": Address(ENROLLERS, "session", post=422),
    "enrollments:session_status": Address(OFFICE, "session", get=302, post=200),  # a look at nobody
    "enrollments:session_results": Address(OFFICE, "session", post=422),
    "enrollments:session_complete": Address(OFFICE, "session", get=308, post=308),  # its address of before
    "enrollments:choose_session": Address(ENROLLERS, query="staff=CB01"),
    "enrollments:pick_candidates": Address(ENROLLERS, post=200, query="q=an&session=L-THU"),
    "enrollments:pick_session": Address(ENROLLERS, post=200, query="q=lop"),
    "enrollments:enrollment_list": Address(ALL),
    "enrollments:people_list": Address(ALL),
    "enrollments:enrollment_detail": Address(ALL, "enrollment"),
    "enrollments:enrollment_edit": Address(OFFICE, "enrollment", post=409),
    "enrollments:enrollment_status": Address(OFFICE, "enrollment", query="to=sent", post=409),
    "enrollments:enrollment_delete": Address(OFFICE, "enrollment", post=409),
    "enrollments:proposal_withdraw": Address(LEADERS, "enrollment", post=409),
    "enrollments:enrollment_history": Address(ALL, "enrollment"),
    "exchange:import_upload": Address(OFFICE, post=422),
    "exchange:import_template": Address(OFFICE),
    "exchange:import_preview": Address(OFFICE, "upload", post=302),
    "exchange:import_marked": Address(OFFICE, "upload"),
    "exchange:workbook_export": Address(OFFICE),
    "exchange:inbox": Address(OFFICE, post=422),
    "exchange:received_list": Address(OFFICE, "list", post=302),
    "exchange:received_file": Address(OFFICE, "list"),
    "exchange:answer_list": Address(OFFICE),
    "exchange:answer_forget": Address(OFFICE, "answer", post=409),
    "enrollments:staff_record": Address(ALL, "staff", post=200),
    "enrollments:staff_history": Address(ALL, "staff"),
    "enrollments:posting_list": Address(ALL, "staff"),
    "enrollments:posting_add": Address(OFFICE, "staff", post=422),
    "enrollments:posting_edit": Address(OFFICE, "posting", post=422),
    "enrollments:posting_delete": Address(OFFICE, "posting", post=409),
    "reports:dashboard": Address(ALL),
    "reports:yearly": Address(ALL, query="year=2012&unit=QT"),
    "reports:yearly_excel": Address(ALL, query="year=2012&unit=QT"),
    "reports:untrained": Address(ALL, query="year=2012"),
    "reports:rule": Address(ALL, post=200),
    # Django's own admin, which has no place for anybody but administrators.
    "admin/login/": Address(PUBLIC, get=302, post=302),
    "admin:login": Address(PUBLIC, get=302, post=302),  # never reached, the one above stands before it
    "admin/password_change/": Address(ADMINS, get=302, post=302),
    "admin:index": Address(ADMINS, post=200),
    "admin:logout": Address(ADMINS, get=405, post=302),
    "admin:password_change": Address(ADMINS, get=302, post=302),  # never reached, as for admin:login
    "admin:password_change_done": Address(ADMINS),
    "admin:autocomplete": Address(ADMINS, get=403),
    "admin:jsi18n": Address(ADMINS),
    "admin:view_on_site": Address(ADMINS, "content", get=404, post=404),
    "admin:app_list": Address(ADMINS, "app", post=200),
    "admin/(?P<url>.*)$": Address(ADMINS, "nonsense", get=404, post=404),
}
for _list in ("courses:field", "courses:provider", "personnel:position", "personnel:rank"):
    _model = _list.replace(":", "_")
    ADDRESSES |= {
        f"{_list}_list": Address(ADMINS),
        f"{_list}_add": Address(ADMINS, post=422),
        f"{_list}_edit": Address(ADMINS, f"item {_model}", post=422),
        f"{_list}_delete": Address(ADMINS, f"item {_model}", post=409),
        f"{_list}_history": Address(ADMINS, f"item {_model}"),
    }
for _model in ("personnel_rank", "personnel_position", "courses_field", "courses_provider", "personnel_user"):
    # Accounts are only looked at: they are changed where the rules about them are.
    _changes = _model != "personnel_user"
    ADDRESSES |= {
        f"admin:{_model}_changelist": Address(ADMINS, post=200),
        f"admin:{_model}_add": Address(ADMINS, get=200 if _changes else 403, post=200 if _changes else 403),
        f"admin:{_model}_history": Address(ADMINS, _model, post=200),
        f"admin:{_model}_delete": Address(ADMINS, _model, get=200 if _changes else 403, post=200 if _changes else 403),
        f"admin:{_model}_change": Address(ADMINS, _model, post=200 if _changes else 403),
        f"admin/{_model.replace('_', '/')}/<path:object_id>/": Address(ADMINS, _model, get=302, post=302),
    }


def own_record(kind: str, office: SimpleNamespace, role: str = LEADER) -> dict:
    """The arguments of an address: a record the leader of `office` may see; an upload is the role's own."""
    match kind:
        case "":
            return {}
        case "staff":
            return {"code": office.an.code}
        case "posting":
            return {"code": office.an.code, "pk": office.an.postings.get().pk}
        case "unit":
            return {"code": office.own.code}
        case "session":
            return {"code": office.autumn.code}
        case "course":
            return {"code": office.course.code}
        case "enrollment":
            return {"pk": office.proposal.pk}
        case "answer":
            return {"pk": office.answer.pk}
        case "list":
            return {"pk": (office.lists.get(role) or office.lists[HR]).pk}
        case "upload":
            return {"pk": (office.uploads.get(role) or office.uploads[HR]).pk}
        case "change_set":
            return {"pk": office.change_set.pk}
        case "user":
            return {"pk": office.users["hr"].pk}
        case "content":
            content = ContentType.objects.get_for_model(type(office.an))
            return {"content_type_id": content.pk, "object_id": office.an.pk}
        case "app":
            return {"app_label": "personnel"}
        case "nonsense":
            return {"url": "khong-co"}
        case model:
            argument = "pk" if model.startswith("item ") else "object_id"
            record = apps.get_model(*model.removeprefix("item ").split("_")).objects.earliest("pk")
            return {argument: record.pk}


def foreign_records(kind: str, office: SimpleNamespace) -> list[dict]:
    """The same of records the leader may not see; classes and courses are open to all."""
    posting = office.outsider.postings.get().pk
    return {
        "staff": [{"code": office.outsider.code}, {"code": office.idle.code}, {"code": "KHONGCO"}],
        "posting": [{"code": office.outsider.code, "pk": posting}, {"code": office.an.code, "pk": posting}],
        "unit": [{"code": office.other.code}, {"code": "KHONGCO"}],
        "enrollment": [{"pk": pk} for pk in (*(row.pk for row in office.hidden), 10**9)],
    }.get(kind, [])


def site_addresses(resolver=None, route: str = "", namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Each address of the URLconf: what the table knows it by, and its pattern."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = route + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLPattern):
            yield (f"{namespace}{pattern.name}" if pattern.name else here), pattern
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from site_addresses(pattern, here, inner)
