"""What the person does: connects actions and features with the session."""
