"""Labels, their prompts, and the scores of pictures against them."""
