"""What is open: the desk and its workers, undo, preferences."""
