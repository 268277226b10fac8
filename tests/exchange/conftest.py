"""Who imports: the hr officer of the enrollments' tests."""

from ..enrollments.conftest import hr  # noqa: F401  (a fixture)
