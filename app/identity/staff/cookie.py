"""The session cookie: out of reach for scripts, never sent from another site."""

from fastapi import Request, Response

from app.identity.staff.service import TOKEN
from app.settings import Settings
from app.wire.encoding import b64u, unb64u
from app.wire.errors import WireError

NAME = "beside_staff"


class SessionCookie:
    """`beside_staff`, over https `__Host-beside_staff`: browsers then tie it to this very host."""

    def __init__(self, settings: Settings) -> None:
        self._https = settings.https
        self.name = f"__Host-{NAME}" if settings.https else NAME

    def token(self, request: Request) -> bytes | None:
        """The token a request carries; None where there is none, or none of its form."""
        try:
            return unb64u(request.cookies.get(self.name), TOKEN)
        except WireError:
            return None

    def give(self, response: Response, token: bytes) -> None:
        """Set it for as long as the browser is open; the server ends it earlier."""
        response.set_cookie(
            self.name, b64u(token), path="/", secure=self._https, httponly=True, samesite="strict"
        )

    def take(self, response: Response) -> None:
        """Remove it."""
        response.delete_cookie(self.name, path="/", secure=self._https, httponly=True, samesite="strict")
