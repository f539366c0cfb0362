"""Sealed team keys as they come with a directory."""

from typing import Annotated, Literal

from pydantic import Field

from app.identity.directory.rules import TeamSeal
from app.identity.ids import Kid
from app.wire.body import Body, Id, TeamKeySeal
from app.wire.directory import MAX_STAFF, TEAMS
from app.wire.fields import MAX_U32


class TeamKeyBody(Body):
    """A team's private key of one epoch, sealed to one member."""

    team: Literal["peer", "moderation", "root"]
    epoch: Annotated[int, Field(ge=1, le=MAX_U32)]
    kid: Id
    sealed: TeamKeySeal

    def seal(self) -> TeamSeal:
        return TeamSeal(self.team, self.epoch, Kid(self.kid), self.sealed)


TeamKeys = Annotated[list[TeamKeyBody], Field(max_length=MAX_STAFF * len(TEAMS))]
