"""The commands of the command line, one module for each family; these modules print, what they call does not."""
