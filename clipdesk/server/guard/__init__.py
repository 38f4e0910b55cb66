"""What keeps one client from hurting the others: limits and deadlines of connections, requests, JSON and pictures."""
