"""Pieces of HTTP bodies and control frames: bytes travel as base64url (docs/protocol.md, 2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from app.wire import sizes
from app.wire.encoding import b64u, unb64u
from app.wire.errors import WireError


class Body(BaseModel):
    """A request or answer: unknown fields, coercions and later changes are refused.

    Printed, a body names its kind alone: most fields of most bodies are a person's, or open something.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        return iter(())


@dataclass(frozen=True)
class Base64Url:
    """Annotation: bytes of `shortest` to `longest`, written as canonical base64url in JSON."""

    shortest: int
    longest: int | None = None

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self._read,
            serialization=core_schema.plain_serializer_function_ser_schema(b64u, when_used="json"),
        )

    def __get_pydantic_json_schema__(self, _: CoreSchema, __: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {
            "type": "string",
            "pattern": "^[A-Za-z0-9_-]*$",
            "minLength": _text_length(self.shortest),
            "maxLength": _text_length(self.longest or self.shortest),
            "description": f"base64url without padding of {self._span} bytes",
        }

    @property
    def _span(self) -> str:
        return f"{self.shortest}" if self.longest is None else f"{self.shortest} to {self.longest}"

    def _read(self, value: object) -> bytes:
        if isinstance(value, bytes):
            data = value
        elif isinstance(value, str) and len(value) <= _text_length(self.longest or self.shortest):
            try:
                data = unb64u(value)
            except WireError:
                raise PydanticCustomError("base64url", "not base64url without padding") from None
        else:
            raise PydanticCustomError("base64url", "not base64url without padding")
        if not self.shortest <= len(data) <= (self.longest or self.shortest):
            raise PydanticCustomError("length", "not of the documented length")
        return data


def _text_length(size: int) -> int:
    return (size * 8 + 5) // 6


Id = Annotated[bytes, Base64Url(sizes.ID)]
Key32 = Annotated[bytes, Base64Url(sizes.KEY)]
Pub = Annotated[bytes, Base64Url(sizes.PUB)]
Sig = Annotated[bytes, Base64Url(64)]
Seal = Annotated[bytes, Base64Url(sizes.SEAL)]
Wrap = Annotated[bytes, Base64Url(sizes.WRAP)]
TeamKeySeal = Annotated[bytes, Base64Url(sizes.TEAM_KEY_SEAL)]
StaffKeysBox = Annotated[bytes, Base64Url(sizes.STAFF_KEYS_BOX)]
Blob = Annotated[bytes, Base64Url(1, 65_536)]
