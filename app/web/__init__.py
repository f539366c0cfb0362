"""The two houses as ASGI applications."""
