"""Find: search by words and by picture, duplicates and bursts, and groups of a folder. Arithmetic on stored embeddings.

`query` parses what was typed, `search` and `similar` rank images by it, `duplicates` finds copies, similar images and
bursts, `keepers` proposes which one to keep, and `groups` says what is in a folder, with `names` in words. All take
arrays with one row per image, and return frozen dataclasses whose `rows` are such rows. What takes longer than a moment
reports `FindProgress`, and raises Cancelled once its event is set.
"""
