"""The dialog that exports results."""
