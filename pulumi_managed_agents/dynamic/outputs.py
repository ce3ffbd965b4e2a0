"""Outputs made of outputs, which know more than `apply` can tell."""

from __future__ import annotations

from typing import Any

import pulumi


def known_or(output: pulumi.Output[Any], otherwise: pulumi.Output[Any]) -> pulumi.Output[Any]:
    """The output, or the other one as long as it is not known."""

    async def chosen() -> pulumi.Output[Any]:
        return output if await output.is_known() else otherwise

    async def value() -> Any:
        return await (await chosen()).future()

    async def known() -> bool:
        return await (await chosen()).is_known()

    return pulumi.Output(output.resources(), value(), known(), _hides(output, otherwise))


def as_secret(value: Any) -> pulumi.Output[Any]:
    """The value as a secret. Where there is nothing, there is nothing to hide: it would hide all that is around it."""
    if not isinstance(value, pulumi.Output):
        return pulumi.Output.secret(value)
    given: pulumi.Output[Any] = pulumi.Output.from_input(value)

    async def hidden() -> bool:
        return not await given.is_known() or await given.future() is not None

    return pulumi.Output(given.resources(), given.future(), given.is_known(), hidden())


async def _hides(output: pulumi.Output[Any], otherwise: pulumi.Output[Any]) -> bool:
    chosen = output if await output.is_known() else otherwise
    return await chosen.future() is not None and await output.is_secret()
