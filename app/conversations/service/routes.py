"""`/api/service/settings` and `/api/service/set`, for coordinators."""

from typing import Annotated

from fastapi import APIRouter, Depends

from app.conversations.admission.callers import StaffCaller
from app.conversations.admission.routes import staff_only
from app.conversations.admission.service import Admission
from app.conversations.service.bodies import SetBody, SettingsAnswer
from app.conversations.service.service import Service
from app.wire.body_parts import Empty


def add_routes(router: APIRouter, service: Service, admission: Admission) -> None:
    caller = Depends(staff_only(admission))

    @router.post("/service/settings")
    async def settings(_: Empty, staff: Annotated[StaffCaller, caller]) -> SettingsAnswer:
        """What holds for the service now."""
        return SettingsAnswer.of(await service.settings(staff))

    @router.post("/service/set")
    async def change(body: SetBody, staff: Annotated[StaffCaller, caller]) -> SettingsAnswer:
        """Set opening hours, closures, days that talks are kept, or the hold; the trail tells of each."""
        return SettingsAnswer.of(await service.change(staff, body.change()))
