"""What maintainers run: the audit of dependencies, and a release."""
