"""The corpus of bad packages: good ones with one defect each, and what must be found in them."""
