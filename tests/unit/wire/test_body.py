"""What bodies show of themselves."""

from app.wire.body import Body, Key32, Seal
from app.wire.sizes import KEY, SEAL


class _Inner(Body):
    sealed: Seal


class _Whole(Body):
    name: str
    secret: Key32
    inner: list[_Inner]


def test_a_body_prints_nothing_that_it_carries() -> None:
    whole = _Whole(name="Mara", secret=b"k" * KEY, inner=[_Inner(sealed=b"s" * SEAL)])
    for shown in (repr(whole), str(whole), f"{whole}", repr([whole.inner])):
        assert not any(carried in shown for carried in ("Mara", "kkk", "sss", "b'"))
    assert whole.model_dump()["secret"] == b"k" * KEY
    assert "_Whole" in repr(whole)
