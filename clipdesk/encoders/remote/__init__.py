"""Encoders on a server that speaks Roboflow's CLIP API."""
