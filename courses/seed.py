"""The code lists every installation starts with: fields of training, ranks, positions."""

from collections.abc import Callable

from django.apps import apps

FIELDS = [
    ("LLCT", "Lý luận chính trị", "Political theory"),
    ("QLNN", "Quản lý hành chính nhà nước", "State administration"),
    ("VTVL", "Chuyên môn, nghiệp vụ, vị trí việc làm", "Professional skills and job position"),
    ("BDNN", "Bồi dưỡng ở nước ngoài", "Training overseas"),
    ("TH", "Tin học", "Informatics"),
    ("NN", "Ngoại ngữ", "Foreign languages"),
    ("HNQT", "Hội nhập quốc tế", "International integration"),
    ("QPAN", "Quốc phòng, an ninh", "Defence and security"),
]

RANKS = [
    ("01.001", "Chuyên viên cao cấp", "Senior expert"),
    ("01.002", "Chuyên viên chính", "Principal expert"),
    ("01.003", "Chuyên viên", "Expert"),
    ("01.004", "Cán sự", "Assistant"),
    ("01.005", "Nhân viên", "Staff member"),
]

# In the order of rank: name, English name, level.
POSITIONS = [
    ("Vụ trưởng", "Department director", "department"),
    ("Phó Vụ trưởng", "Deputy department director", "department"),
    ("Cục trưởng", "Bureau director", "department"),
    ("Phó Cục trưởng", "Deputy bureau director", "department"),
    ("Tổng Giám đốc", "Director general", "department"),
    ("Phó Tổng Giám đốc", "Deputy director general", "department"),
    ("Giám đốc", "Director", "department"),
    ("Phó Giám đốc", "Deputy director", "department"),
    ("Trưởng phòng", "Head of division", "division"),
    ("Phó Trưởng phòng", "Deputy head of division", "division"),
    ("Đội trưởng", "Team leader", "division"),
    ("Phó Đội trưởng", "Deputy team leader", "division"),
    ("Chuyên viên cao cấp", "Senior expert", ""),
    ("Chuyên viên chính", "Principal expert", ""),
    ("Chuyên viên", "Expert", ""),
    ("Cán sự", "Assistant", ""),
    ("Nhân viên", "Staff member", ""),
]


def seed_code_lists(get_model: Callable = apps.get_model) -> None:
    """Creates what is missing of the code lists; never changes what is there.

    `get_model` is the registry of a migration, or the live one for tests that emptied the database.
    """
    for order, (code, name, name_en) in enumerate(FIELDS, start=1):
        defaults = {"name": name, "name_en": name_en, "sort_order": order}
        get_model("courses", "Field").objects.get_or_create(code=code, defaults=defaults)
    for code, name, name_en in RANKS:
        get_model("personnel", "Rank").objects.get_or_create(code=code, defaults={"name": name, "name_en": name_en})
    for order, (name, name_en, level) in enumerate(POSITIONS, start=1):
        defaults = {"name_en": name_en, "level": level, "sort_order": order}
        get_model("personnel", "Position").objects.get_or_create(name=name, defaults=defaults)
