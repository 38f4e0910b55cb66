"""Theme, icons and small widgets that know nothing of pictures and labels."""
