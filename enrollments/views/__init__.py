"""Pages of classes, enrollments and training records."""
