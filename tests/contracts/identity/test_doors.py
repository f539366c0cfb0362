"""The doors of this house: exactly these, and what each shows in the schema."""

from pathlib import Path
from typing import Any

import pytest

from app.identity.house import IdentityHouse
from app.identity.ids import Identity
from app.identity.keys import Keys
from app.identity.limits import Limits
from app.kit.clock import ManualClock
from app.kit.database import Database
from app.settings import Settings
from app.web.identity_app import build_app

DOORS = {
    ("get", "/api/directory"),
    ("post", "/api/directory/publish"),
    ("post", "/api/enrolment/agree"),
    ("post", "/api/enrolment/forget"),
    ("post", "/api/enrolment/found"),
    ("post", "/api/enrolment/invite"),
    ("post", "/api/enrolment/last-listed"),
    ("post", "/api/enrolment/limit"),
    ("post", "/api/enrolment/members"),
    ("post", "/api/enrolment/open"),
    ("post", "/api/enrolment/proposals"),
    ("post", "/api/enrolment/refuse"),
    ("post", "/api/enrolment/submit"),
    ("post", "/api/enrolment/suspend"),
    ("post", "/api/enrolment/waiting"),
    ("post", "/api/enrolment/withdraw"),
    ("post", "/api/staff/challenge"),
    ("post", "/api/staff/me"),
    ("post", "/api/staff/pass"),
    ("post", "/api/staff/password"),
    ("post", "/api/staff/salt"),
    ("post", "/api/staff/second/begin"),
    ("post", "/api/staff/second/confirm"),
    ("post", "/api/staff/second/remove"),
    ("post", "/api/staff/second/reset"),
    ("post", "/api/staff/sessions"),
    ("post", "/api/staff/sign-in"),
    ("post", "/api/staff/sign-out"),
    ("post", "/api/staff/sign-out-everywhere"),
    ("post", "/api/staff/trail"),
    ("post", "/api/vault/challenge"),
    ("post", "/api/vault/delete"),
    ("post", "/api/vault/get"),
    ("post", "/api/vault/put"),
}


@pytest.fixture
def schema(tmp_path: Path) -> dict[str, Any]:
    settings, clock = Settings(data=tmp_path), ManualClock(0)
    database = Database[Identity](settings.identity_store)
    return build_app(IdentityHouse(settings, database, clock, Keys.make(), Limits(clock))).openapi()


def test_the_house_has_these_doors_and_no_other(schema: dict[str, Any]) -> None:
    assert {(method, path) for path, methods in schema["paths"].items() for method in methods} == DOORS


def test_no_door_takes_anything_from_the_address_line(schema: dict[str, Any]) -> None:
    for methods in schema["paths"].values():
        for operation in methods.values():
            assert "parameters" not in operation
            assert operation["description"]


def test_every_body_refuses_fields_it_does_not_know(schema: dict[str, Any]) -> None:
    bodies = [
        body
        for name, body in schema["components"]["schemas"].items()
        if name not in ("HTTPValidationError", "ValidationError")
    ]
    assert len(bodies) > len(DOORS)
    assert all(body["additionalProperties"] is False for body in bodies)
