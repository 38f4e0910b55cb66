"""Which runtime computes a model fastest on this computer: measured, tried with care, and remembered."""
