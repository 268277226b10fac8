"""What a user may, asked by templates: `{% if user|may_edit %}`."""

from django import template

from .. import roles

register = template.Library()

for question in (roles.may_edit, roles.may_enroll, roles.sees_minority, roles.sees_whole_office):
    register.filter(question.__name__, question)
