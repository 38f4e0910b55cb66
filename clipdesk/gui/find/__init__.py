"""Search: the bar above the results in which words and pictures are searched for."""
