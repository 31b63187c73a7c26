"""The benchmark: the same pages built by this generator and by others, in one run (`make bench`)."""
