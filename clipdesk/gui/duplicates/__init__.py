"""The dialog *Duplicates*: copies, bursts and similar pictures, and which of each group to keep."""
