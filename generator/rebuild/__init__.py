"""Building again: what a change leaves as it was is taken from the site that stands.

`inputs.py` tells what a site depends on, `record.py` keeps what a build noted of itself, `splice.py` writes the changed
pages into the last site, `build.py` chooses: nothing to do, pages to splice, or a build with MkDocs.
"""
