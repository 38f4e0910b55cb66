"""The dialog *Compare wordings*: what several wordings would label, and which of them is better."""
