"""UserProfile: somebody whom an application serves through the platform, as the application describes them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from ..declaration.capabilities import Capabilities
from ..declaration.marks import Document, Instant, Lines, MergePatch, NotIn, Only, Patched, Replaces
from ..declaration.model import Inputs, Model, Outputs, described
from ..declaration.stamp import METADATA_LIMIT
from ..declaration.values import Bag
from ..lifecycle.kind import Kind
from ..lifecycle.lifecycle import Lifecycle
from .parts.metadata import Label
from .parts.moments import CreatedAt, UpdatedAt

_KEPT = Replaces("the platform keeps it once it is given", when="removed")


class ExternalUserDetails(Model):
    """What an application says about the entity that it serves; the platform does not verify it."""

    account_status: Annotated[
        Literal["active", "suspended", "blocked"] | None, _KEPT, described("Its account with the application.")
    ] = None
    country: Annotated[
        str | None, _KEPT, described("Its country: two capital letters (ISO 3166-1 alpha-2).", pattern=r"^[A-Z]{2}$")
    ] = None
    email_hash: Annotated[
        str | None, _KEPT, described("A hash of its e-mail address, by any function.", min_length=1, max_length=255)
    ] = None
    entity_type: Annotated[
        Literal["individual", "business", "non_profit", "government"] | None, _KEPT, described("What it is.")
    ] = None
    name_hash: Annotated[
        str | None, _KEPT, described("A hash of its name, by any function.", min_length=1, max_length=255)
    ] = None
    onboarded_at: Annotated[
        str | None, _KEPT, Instant(), described("When it opened its account (RFC 3339).", min_length=1)
    ] = None
    reference_id: Annotated[
        str | None,
        _KEPT,
        described("The application's own reference; need not be unique.", min_length=1, max_length=255),
    ] = None


class UserProfileInputs(Inputs):
    """Who is served, and how."""

    name: Annotated[
        str | None,
        _KEPT,
        described("The name of the person or company, where it is known.", min_length=1, max_length=255),
    ] = None
    access_type: Annotated[
        Literal["application", "passthrough"] | None,
        described(
            "`application`: somebody who uses the application (the default); `passthrough`: a company to which access "
            "is resold."
        ),
    ] = "application"
    external_user_details: Annotated[
        ExternalUserDetails | None, Patched(), _KEPT, described("What the application says about them.")
    ] = None
    metadata: Annotated[
        dict[Label, Annotated[str, Lines(), Field(min_length=1, max_length=512)]] | None,
        MergePatch(removed=""),
        described(
            "Labels of your own. A key that you remove is removed on the platform; keys that others set are left "
            "alone.",
            max_length=METADATA_LIMIT,
        ),
    ] = None

    @classmethod
    def complete(cls, value: Bag, capabilities: Capabilities) -> Bag:
        """Leaves out details that say nothing: taking them away takes nothing back."""
        del capabilities
        return {wire: item for wire, item in value.items() if (wire, item) != ("externalUserDetails", {})}


class EnforcementAction(Outputs):
    """A measure that the platform has taken."""

    id: Annotated[str, described("The measure's id.")]
    type: Annotated[str, described("`restriction` or `ban`.")]
    reason: Annotated[str | None, described("Why, such as `usage_policy_violation`.")] = None
    action: Annotated[str | None, described("What the user can do about it, such as `verify`.")] = None
    opened_at: Annotated[str | None, described("Since when (RFC 3339).")] = None
    expires_at: Annotated[str | None, described("When it ends by itself (RFC 3339).")] = None


class UserProfileOutputs(Outputs):
    """What the platform adds."""

    enforcement_status: Annotated[
        str, described("`unrestricted`, `pending`, `restricted` or `banned`, when last read.")
    ]
    enforcement_actions: Annotated[list[EnforcementAction], described("The measures that are in force.")]
    programs: Annotated[
        dict[str, Any] | None, Document(), described("The standing in the platform's programs, when last read.")
    ] = None
    created_at: CreatedAt
    updated_at: UpdatedAt


USER_PROFILE = Kind(
    name="UserProfile",
    doc=(
        "Somebody whom an application serves: requests that name the profile are attributed to them. Everything "
        "changes in place, but what was once given can be replaced and not taken back: that needs a new profile. "
        "Removing the resource deletes the profile."
    ),
    only=Only("claude", "leave the resource out; there are no user profiles"),
    not_in=(
        NotIn(("self-hosted",), "leave the resource out if the server refuses it", inferred=True),
        NotIn(
            ("aws",),
            "give it the option `retainOnDelete`, so that removing the resource leaves it there",
            inferred=True,
            lack="cannot be deleted",
        ),
    ),
    inputs=UserProfileInputs,
    outputs=UserProfileOutputs,
    lifecycle=Lifecycle("user_profiles", "user_profile_id", removal=("delete",)),
)
