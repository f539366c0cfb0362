"""How a refusal looks on the wire: `{"code": …}` and a status, rendered here and nowhere else."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from app.kit.errors import Malformed, Refusal


def install(app: FastAPI) -> None:
    """Answer every refusal and every wrong shape in the documented form."""

    @app.exception_handler(Refusal)
    async def refused(_: Request, refusal: Refusal) -> JSONResponse:
        return answer(refusal)

    @app.exception_handler(RequestValidationError)
    async def wrong_shape(_: Request, __: RequestValidationError) -> JSONResponse:
        # The library's own answer would repeat the input.
        return answer(Malformed())

    @app.exception_handler(HTTPException)
    async def no_such_door(_: Request, error: HTTPException) -> JSONResponse:
        code = "malformed" if error.status_code == 400 else "unknown"
        return JSONResponse({"code": code}, error.status_code)


def answer(refusal: Refusal) -> JSONResponse:
    return JSONResponse({"code": refusal.code}, refusal.status)
