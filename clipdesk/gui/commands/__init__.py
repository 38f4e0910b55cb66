"""Commands: connect the actions and parts of the window to the session."""
