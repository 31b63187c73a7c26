"""The guide as files other than pages."""
