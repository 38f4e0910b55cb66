"""Remote encoders: clients of servers that implement Roboflow's CLIP API."""
