"""Learning from corrections in the window: what was learned, the check, and the thresholds of labels."""
