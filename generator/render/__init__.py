"""Turns the guide into Markdown pages, through the Jinja templates in `templates/pages`."""
