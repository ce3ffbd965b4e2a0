from typing import Any

import pytest
from contract.refusals import absent, refused

NOTHING = dict.fromkeys(
    ("account_status", "country", "email_hash", "entity_type", "name_hash", "onboarded_at", "reference_id")
)


@pytest.fixture
def profiles(world: Any) -> Any:
    return world.client.user_profiles


def test_a_new_profile_comes_back_whole(profiles: Any) -> None:
    profile = profiles.create(
        name="Ada", external_user_details={"country": "GB", "reference_id": "row-1"}, metadata={"team": "a"}
    )

    assert profile.id.startswith("uprof_")
    assert profile.to_dict() == {
        "id": profile.id,
        "type": "user_profile",
        "name": "Ada",
        "access_type": "application",
        "external_user_details": {**NOTHING, "country": "GB", "reference_id": "row-1"},
        "enforcement_status": "unrestricted",
        "enforcement_actions": [],
        "programs": {"cyber": None, "efs": None},
        "metadata": {"team": "a"},
        "created_at": profile.created_at,
        "updated_at": profile.created_at,
    }
    assert profiles.retrieve(profile.id) == profile


def test_nothing_has_to_be_known_of_somebody(profiles: Any) -> None:
    profile = profiles.create()

    assert (profile.name, profile.external_user_details.to_dict()) == (None, NOTHING)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"name": "x" * 256}, "name"),
        ({"access_type": "reseller"}, "access_type"),
        ({"external_user_details": {"country": "gb"}}, "external_user_details.country"),
        ({"external_user_details": {"email_hash": ""}}, "external_user_details.email_hash"),
        ({"external_user_details": {"entity_type": "robot"}}, "external_user_details.entity_type"),
        ({"external_user_details": {"onboarded_at": "yesterday"}}, "external_user_details.onboarded_at"),
        (
            {"external_user_details": {"onboarded_at": "0001-01-01T00:00:00+14:00"}},
            "external_user_details.onboarded_at",
        ),
        ({"external_user_details": {"onboarded_at": "2026-01-01T00:00:00"}}, "external_user_details.onboarded_at"),
        ({"external_user_details": {"country": None}}, "external_user_details.country"),
        ({"external_user_details": {"external_id": "1"}}, "external_user_details.external_id"),
        ({"metadata": {"k": ""}}, "metadata"),
        ({"metadata": {"k": "v" * 513}}, "metadata.k"),
        ({"extra_body": {"external_id": "1"}}, "external_id"),
    ],
)
def test_a_create_that_breaks_a_rule_names_the_path(profiles: Any, fields: dict[str, Any], named: str) -> None:
    refused(lambda: profiles.create(**fields), named)
    assert list(profiles.list()) == []


def test_an_update_replaces_details_one_by_one_and_an_empty_label_is_removed(profiles: Any) -> None:
    profile = profiles.create(
        name="Ada", external_user_details={"country": "GB", "reference_id": "1"}, metadata={"a": "1", "b": "1"}
    )

    updated = profiles.update(
        profile.id, external_user_details={"country": "FR"}, metadata={"a": "", "c": "1"}, access_type="passthrough"
    )

    assert updated.name == "Ada"
    assert updated.access_type == "passthrough"
    assert updated.external_user_details.to_dict() == {**NOTHING, "country": "FR", "reference_id": "1"}
    assert updated.metadata == {"b": "1", "c": "1"}


def test_what_was_given_once_is_not_taken_back(profiles: Any) -> None:
    profile = profiles.create(external_user_details={"country": "GB"})

    refused(
        lambda: profiles.update(profile.id, external_user_details={"country": None}), "external_user_details.country"
    )
    assert profiles.update(profile.id, external_user_details={}).external_user_details.country == "GB"


def test_a_moment_is_told_in_utc(profiles: Any) -> None:
    profile = profiles.create(external_user_details={"onboarded_at": "2026-01-01T02:00:00+02:00"})

    assert profile.to_dict(mode="json")["external_user_details"]["onboarded_at"] == "2026-01-01T00:00:00Z"


def test_a_list_is_narrowed_to_statuses(world: Any, profiles: Any) -> None:
    banned, free = profiles.create(), profiles.create()
    world.control.change("user_profiles", banned.id, enforcement_status="banned")

    assert [profile.id for profile in profiles.list()] == [free.id, banned.id]
    assert [profile.id for profile in profiles.list(enforcement_status=["banned"])] == [banned.id]


def test_a_deleted_profile_is_gone(profiles: Any) -> None:
    profile = profiles.create()

    assert profiles.delete(profile.id).to_dict() == {"id": profile.id, "type": "user_profile_deleted"}
    absent(lambda: profiles.retrieve(profile.id))
    absent(lambda: profiles.update(profile.id, name="Ada"))
