"""The line from a folder to scores: numpy, Pillow and the standard library only."""
