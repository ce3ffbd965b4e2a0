"""User profiles: whom an application serves (section 6.2). What was given once is replaced, never taken back."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from ..platform import Answer, Call, records
from ..platform.bodies import Closed, NotNull
from ..world import JSON, Transaction
from . import paging, schema
from .errors import invalid
from .kinds import USER_PROFILES
from .schema import Metadata

Name = Annotated[str, StringConstraints(max_length=255)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=255)]
AccessType = Literal["application", "passthrough"]


class Details(Closed):
    """What the application says. A detail may be left out, and is never null."""

    account_status: Annotated[Literal["active", "suspended", "blocked"] | None, NotNull] = None
    country: Annotated[Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None, NotNull] = None
    email_hash: Annotated[Text | None, NotNull] = None
    entity_type: Annotated[Literal["individual", "business", "non_profit", "government"] | None, NotNull] = None
    name_hash: Annotated[Text | None, NotNull] = None
    onboarded_at: Annotated[str | None, NotNull] = None
    reference_id: Annotated[Text | None, NotNull] = None


class CreateProfile(Closed):
    """The body of a create."""

    name: Name | None = None
    access_type: AccessType = "application"
    external_user_details: Details = Field(default_factory=Details)
    metadata: Metadata = Field(default_factory=dict)


class UpdateProfile(Closed):
    """The body of an update. What is left out stays; null for name or type is read as left out (inferred)."""

    name: Name | None = None
    access_type: AccessType | None = None
    external_user_details: Annotated[Details | None, NotNull] = None
    metadata: Annotated[Metadata | None, NotNull] = None


def create(tx: Transaction, call: Call) -> Answer:
    """POST /v1/user_profiles."""
    sent = schema.body(CreateProfile, call)
    schema.check_metadata(tx, sent.metadata)
    if "" in sent.metadata.values():
        raise invalid("metadata: a value is not empty")
    fields = sent.model_dump() | {
        "external_user_details": _details({}, sent.external_user_details),
        "enforcement_status": "unrestricted",
        "enforcement_actions": [],
        "programs": {"cyber": None, "efs": None},
    }
    return Answer(document=records.make(tx, USER_PROFILES, fields).body)


def update(tx: Transaction, call: Call) -> Answer:
    """POST /v1/user_profiles/{user_profile_id}: details are replaced one by one, an empty label is removed."""
    sent = schema.body(UpdateProfile, call)
    record = records.locate(tx, USER_PROFILES, call)
    changes: JSON = sent.model_dump(include={"name", "access_type"}, exclude_none=True)
    changes["metadata"] = schema.patched(tx, record.body["metadata"], sent.metadata, empty_deletes=True)
    if sent.external_user_details is not None:
        changes["external_user_details"] = _details(record.body["external_user_details"], sent.external_user_details)
    records.change(tx, USER_PROFILES, record, changes)
    return Answer(document=record.body)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /v1/user_profiles: newest first, narrowed to statuses; ordering by name is not emulated."""
    wanted = call.query.getlist("enforcement_status[]")
    return paging.answer(tx, call, USER_PROFILES, keep=lambda body: not wanted or body["enforcement_status"] in wanted)


def _details(stored: JSON, sent: Details) -> JSON:
    """All details, null until one is given; a moment is shown in UTC."""
    given = sent.sent()
    if "onboarded_at" in given:
        given["onboarded_at"] = _moment(given["onboarded_at"])
    return dict.fromkeys(Details.model_fields) | stored | given


def _moment(text: str) -> str:
    refusal = invalid("external_user_details.onboarded_at: not a moment in RFC 3339")
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise refusal
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError):
        raise refusal from None
