"""How Lighthouse judges every kind of page."""
