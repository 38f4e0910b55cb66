"""The review: one large picture at a time, and what the answers say about the rest."""
