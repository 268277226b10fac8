"""What tells a person from a namesake: code, unit and year of birth."""

from django.utils.translation import get_language

from personnel.models import Staff


def staff_result(staff: Staff) -> dict:
    """What the picker shows of one person who is `told_apart` from namesakes."""
    born = staff.birth_date and staff.birth_date.year
    unit = (get_language() == "en" and staff.unit_name_en) or staff.unit_name
    return {
        "value": staff.pk,
        "text": staff.full_name,
        "note": " · ".join(str(part) for part in (staff.code, unit, born) if part),
        "code": staff.code,
        "unit": unit,
        "birth_year": born,
    }
