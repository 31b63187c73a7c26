"""The preview: builds the site aside whenever a file changes, serves the last good one, shows what is wrong over it."""
