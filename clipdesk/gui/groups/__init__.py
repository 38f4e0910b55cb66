"""The dialog *Groups*: what is on the desk, as groups of pictures with proposed names."""
