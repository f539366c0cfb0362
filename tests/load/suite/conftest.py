"""Servers for a load: real processes as `make bench` starts them, but on no core of their own."""

from pathlib import Path

import pytest

from tests.load.processes import Cores, raise_descriptor_limit
from tests.load.staff import STAFF, staff_of
from tests.load.systems import Systems

FEW = 40
"""Peers where there are few rooms: a server takes seconds to check a directory of 900."""


@pytest.fixture
def systems(tmp_path: Path, request: pytest.FixtureRequest) -> Systems:
    raise_descriptor_limit()
    full = request.node.get_closest_marker("load") is not None
    return Systems(tmp_path, Cores(None, None), staff_of(STAFF if full else FEW))
