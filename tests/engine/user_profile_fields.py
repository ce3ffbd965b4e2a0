"""Every property of a user profile, changed."""

from __future__ import annotations

from typing import Any

from engine.declare import row
from engine.fields import Change, Table


def details(**given: Any) -> dict[str, Any]:
    """What the application says."""
    return {"external_user_details": given}


USER_PROFILES = Table(
    kind="UserProfile",
    collection="user_profiles",
    declare=row("UserProfile"),
    changes=(
        Change("profile-named", {"name": "one"}, {"name": "two"}, platform={"name": "two"}),
        Change("profile-unnamed", {"name": "one"}, {}, "replace"),
        Change("profile-access", {}, {"access_type": "passthrough"}, platform={"access_type": "passthrough"}),
        Change(
            "profile-access-written-out",
            {},
            {"access_type": "application"},
            "same",
            platform={"access_type": "application"},
        ),
        Change(
            "profile-detail-changed",
            details(country="GB", reference_id="1", entity_type="individual"),
            details(country="FR", reference_id="1", entity_type="individual"),
            platform={"external_user_details.country": "FR", "external_user_details.reference_id": "1"},
        ),
        Change(
            "profile-details-added",
            {},
            details(account_status="active", email_hash="a1", name_hash="b2"),
            platform={"external_user_details.email_hash": "a1", "external_user_details.country": None},
        ),
        Change("profile-detail-removed", details(country="GB", reference_id="1"), details(country="GB"), "replace"),
        Change("profile-details-removed", details(country="GB"), {}, "replace"),
        Change(
            "profile-moment-spelt-otherwise",
            details(onboarded_at="2026-01-01T00:00:00Z"),
            details(onboarded_at="2026-01-01T01:00:00+01:00"),
            "same",
        ),
        Change(
            "profile-labelled",
            {"metadata": {"a": "1", "b": "1"}},
            {"metadata": {"a": "2"}},
            platform={"metadata.a": "2", "metadata.b": None},
        ),
    ),
    updates=("user_profiles.update",),
    removes=("user_profiles.delete",),
)
