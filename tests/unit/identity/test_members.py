"""What a new directory does to people, without a store."""

from dataclasses import replace

import pytest

from app.identity.ids import Kid, Role
from app.identity.members.rules import (
    Joining,
    Proposal,
    changes,
    check_own_part,
    has_second,
)
from app.kit.errors import Malformed
from app.wire.directory import Directory, Member
from tests.integration.identity.people import Organisation, Person

CORA, OTTO = Person("cora", "coordinator"), Person("otto", "coordinator")
MARA, SOL, MOE = Person("mara", "peer"), Person("sol", "peer"), Person("moe", "moderator")
NEW = Person("mara again", "peer")
ORGANISATION = Organisation(CORA)
TODAY = 20_000


def listing(*people: Person) -> Directory:
    return ORGANISATION.directory(list(people), serial=2)


def proposal(subject: Person, *, by: Person = CORA, agreed: Person | None = None) -> dict[Kid, Proposal]:
    second = None if agreed is None else agreed.kid
    return {subject.kid: Proposal(subject.kid, "safety", by.kid, TODAY, second)}


def done(
    old: Directory,
    new: Directory,
    joining: dict[Kid, Joining] | None = None,
    suspended: dict[Kid, Role] | None = None,
    proposals: dict[Kid, Proposal] | None = None,
) -> list[tuple[str, Kid, Kid | None]]:
    found = changes(old, new, joining or {}, suspended or {}, proposals or {})
    return [(change.act, change.member.kid, change.replaces) for change in found]


def test_a_publication_does_what_was_invited_and_agreed_and_those_who_go_come_first() -> None:
    everybody = listing(CORA, MARA, SOL)
    asked = {MARA.kid: Joining("peer")}
    new_key = {NEW.kid: Joining("peer", MARA.kid)}
    agreed = proposal(SOL, agreed=MOE)
    assert done(everybody, everybody) == []
    assert done(listing(CORA), listing(CORA, MARA), asked) == [("admitted", MARA.kid, None)]
    assert done(everybody, listing(CORA, MARA)) == [("left", SOL.kid, None)]
    assert done(everybody, listing(CORA, MARA), proposals=agreed) == [("suspended", SOL.kid, None)]
    assert done(listing(CORA), listing(CORA, SOL), suspended={SOL.kid: "peer"}) == [
        ("restored", SOL.kid, None)
    ]
    assert done(everybody, listing(CORA, NEW), new_key, proposals=agreed) == [
        ("suspended", SOL.kid, None),
        ("new-key", NEW.kid, MARA.kid),
    ]
    assert done(listing(CORA), listing(CORA, NEW), new_key, {MARA.kid: "peer"}) == [
        ("new-key", NEW.kid, MARA.kid)
    ]


def _as(directory: Directory, person: Person, *roles: str) -> Directory:
    def in_roles(member: Member) -> Member:
        return replace(member, roles=roles) if member.kid == person.kid else member

    return replace(directory, staff=tuple(map(in_roles, directory.staff)))


def test_what_nobody_invited_or_agreed_to_is_malformed() -> None:
    both, with_mara = listing(CORA, SOL), listing(CORA, MARA)
    new_key = {NEW.kid: Joining("peer", MARA.kid)}
    twice = {**new_key, SOL.kid: Joining("peer", MARA.kid)}
    refused: list[tuple[Directory, Directory, dict[Kid, Joining], dict[Kid, Role], dict[Kid, Proposal]]] = [
        (listing(CORA), both, {}, {}, {}),  # invited by nobody
        (listing(CORA), both, {SOL.kid: Joining("moderator")}, {}, {}),
        (listing(CORA), both, {}, {SOL.kid: "moderator"}, {}),
        (listing(CORA), _as(both, SOL, "peer", "moderator"), {SOL.kid: Joining("peer")}, {}, {}),
        (both, _as(both, SOL, "moderator"), {}, {}, {}),  # a role goes with a key
        (both, listing(CORA), {}, {}, proposal(SOL)),  # one person alone
        (with_mara, listing(CORA, NEW), new_key, {}, proposal(MARA)),
        (with_mara, listing(CORA, MARA, NEW), new_key, {}, {}),  # two keys of one person
        (with_mara, listing(CORA, NEW, SOL), twice, {}, {}),
        (listing(CORA), listing(CORA, NEW), new_key, {}, {}),  # whose old key left meanwhile
        (both, listing(SOL), {}, {}, {}),  # nobody could sign the next
        (listing(CORA, OTTO), listing(), {}, {}, {}),
    ]
    for case in refused:
        with pytest.raises(Malformed):
            done(*case)
    assert done(listing(CORA, OTTO), listing(OTTO)) == [("left", CORA.kid, None)]


def test_a_second_person_is_neither_who_asks_nor_the_one_it_is_about() -> None:
    assert has_second(listing(CORA, MOE, SOL), CORA.kid, SOL.kid)
    assert has_second(listing(CORA, OTTO, SOL), CORA.kid, SOL.kid)
    assert not has_second(listing(CORA, MARA, SOL), CORA.kid, SOL.kid)
    assert not has_second(listing(CORA, MOE), CORA.kid, MOE.kid)


def test_another_face_of_somebody_who_stays_is_a_change() -> None:
    before = listing(CORA, SOL)
    cora, sol = before.staff
    after = replace(before, staff=(cora, replace(sol, profile=replace(sol.profile, line="New here"))))
    assert done(before, after) == [("profile", SOL.kid, None)]


def test_nobody_ends_a_proposal_about_themselves_by_letting_go_who_stands_behind_it() -> None:
    about_cora = {CORA.kid: Proposal(CORA.kid, "conduct", OTTO.kid, TODAY, MOE.kid)}
    for without in (listing(CORA, MOE, SOL), listing(CORA, OTTO, SOL)):
        with pytest.raises(Malformed):
            check_own_part(CORA.kid, without, about_cora)
        check_own_part(SOL.kid, without, about_cora)
    check_own_part(CORA.kid, listing(CORA, OTTO, MOE), about_cora)
    check_own_part(CORA.kid, listing(CORA, SOL), proposal(SOL))
