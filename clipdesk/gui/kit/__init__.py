"""Theme, icons and small widgets, independent of images and labels."""
