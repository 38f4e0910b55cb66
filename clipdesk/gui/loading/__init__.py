"""Pictures for the screen: thumbnails and previews, loaded in the background."""
