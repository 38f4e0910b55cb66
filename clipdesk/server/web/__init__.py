"""What any web server has: HTTP conventions, HTTPS, keys in headers, OpenAPI, and OpenAI's form of the API."""
