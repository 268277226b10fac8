"""The exchange workbook: six sheets of units, people, postings, courses, classes and enrollments, in and out."""

from .exporting import export_workbook
from .importing import import_contents, import_workbook
from .report import ImportReport
from .template import template

__all__ = ["ImportReport", "export_workbook", "import_contents", "import_workbook", "template"]
