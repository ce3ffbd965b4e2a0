"""Where requests go in each place, and what they carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from pulumi_managed_agents.declaration.learning import Learned
from pulumi_managed_agents.errors import ConfigError
from pulumi_managed_agents.lifecycle.steps import Call, Operation
from pulumi_managed_agents.platforms.aws import SigV4
from pulumi_managed_agents.platforms.claude import Claude
from pulumi_managed_agents.platforms.credentials.choice import choose
from pulumi_managed_agents.platforms.places import address, identity, missing, prefixes, region
from pulumi_managed_agents.platforms.settings import configure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pulumi_managed_agents.platforms.settings import Settings

GOOGLE = {"place": "google-cloud", "googleProject": "p1", "workspaceId": "wrkspc_1"}
WORKSPACE = "https://claude.googleapis.com/v1/projects/p1/locations/global/workspaces/wrkspc_1/invoke"


def settings(given: Mapping[str, str], environment: Mapping[str, str] | None = None) -> Settings:
    return configure(given, environment or {}).settings


@pytest.mark.parametrize(
    ("given", "environment", "expected"),
    [
        ({}, {}, "https://api.anthropic.com"),
        ({"place": "hosted"}, {}, "https://api.anthropic.com"),
        ({"place": "self-hosted", "baseUrl": "https://agents.example.com"}, {}, "https://agents.example.com"),
        (
            {"place": "aws", "workspaceId": "wrkspc_1"},
            {"AWS_REGION": "eu-west-1"},
            "https://aws-external-anthropic.eu-west-1.api.aws",
        ),
        ({"platform": "qoder"}, {}, "https://api.qoder.com/api/v1/cloud"),
        ({"platform": "qoder", "place": "cn"}, {}, "https://api.qoder.com.cn/api/v1/cloud"),
    ],
)
def test_each_place_has_its_address(given: dict[str, str], environment: dict[str, str], expected: str) -> None:
    """By region on AWS, one's own on a server of one's own."""
    assert address(settings(given, environment)) == expected


def test_google_cloud_has_the_workspace_in_the_path() -> None:
    """What belongs to the organization has another path, and no header names the workspace."""
    chosen = settings(GOOGLE)
    platform = Claude(chosen.workspace_id, chosen.where, prefixes(chosen))
    paths = {
        name: address(chosen) + platform.routes[Operation(name, "list")].path for name in ("agents", "user_profiles")
    }

    assert paths["agents"] == f"{WORKSPACE}/v1/agents"
    assert paths["user_profiles"].endswith("/p1/locations/global/claudeOrganization/invoke/v1/user_profiles")
    assert "anthropic-workspace-id" not in platform.headers(Call(Operation("agents", "list")))


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"place": "self-hosted"}, "baseUrl"),
        ({"place": "aws", "workspaceId": "wrkspc_1"}, "region"),
        ({"place": "aws", "region": "eu-west-1"}, "workspaceId"),
        ({"place": "google-cloud", "workspaceId": "wrkspc_1"}, "googleProject"),
        ({"place": "google-cloud", "googleProject": "p1"}, "workspaceId"),
    ],
)
def test_what_a_place_needs_is_asked_for_by_the_first_request(given: dict[str, str], name: str) -> None:
    """A preview needs none of it; a request says which setting is missing."""
    with pytest.raises(ConfigError, match=f"needs `managed-agents:{name}`"):
        address(settings(given))
    assert missing(settings({**given, "emulator": "world.emulator"})) is None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"region": "eu-west-1", "apiKey": "key-of-last-week"}, "managed-agents:region"),
        ({"place": "hosted", "googleProject": "p1"}, "managed-agents:googleProject"),
        ({"place": "self-hosted", "region": "eu-west-1"}, "managed-agents:region"),
        ({"place": "aws", "region": "eu-west-1", "googleProject": "p1"}, "managed-agents:googleProject"),
        ({"platform": "qoder", "region": "cn"}, "managed-agents:region"),
    ],
)
def test_a_setting_of_another_place_is_a_place_forgotten(given: dict[str, str], words: str) -> None:
    """A key of AWS would go to the hosted service, where the line `place` is missing."""
    with pytest.raises(ConfigError, match=f"{words} is of no use.*managed-agents:place"):
        settings(given)


def test_a_variable_of_another_place_is_for_somebody_else() -> None:
    """AWS_REGION is set on many machines."""
    assert settings({}, {"AWS_REGION": "eu-west-1", "GOOGLE_CLOUD_PROJECT": "p1"}).region is None


def test_a_workspace_in_a_path_stays_one_part_of_it() -> None:
    """Nothing that is percent-encoded keeps dots from being taken for a folder."""
    with pytest.raises(ConfigError, match="managed-agents:workspaceId"):
        settings({**GOOGLE, "workspaceId": ".."})
    with pytest.raises(ConfigError, match="ANTHROPIC_GOOGLE_CLOUD_WORKSPACE_ID"):
        settings(
            {"place": "google-cloud", "googleProject": "p1"}, {"ANTHROPIC_GOOGLE_CLOUD_WORKSPACE_ID": "wrkspc_1/../x"}
        )


def test_a_gateway_in_front_of_aws_is_told_the_workspace_too() -> None:
    """It has another address, and the platform behind it wants the same."""
    with pytest.raises(ConfigError, match="needs `managed-agents:workspaceId`"):
        address(settings({"place": "aws", "baseUrl": "https://gateway.example.com", "region": "eu-west-1"}))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (GOOGLE, {**GOOGLE, "region": "global"}),
        (
            {"place": "aws", "region": "eu-west-1", "workspaceId": "w"},
            {"place": "aws", "baseUrl": "https://aws-external-anthropic.eu-west-1.api.aws", "workspaceId": "w"},
        ),
    ],
)
def test_what_means_the_same_place_is_the_same_place(one: dict[str, str], other: dict[str, str]) -> None:
    """What a crash left pending is found again by whoever writes the default down."""
    assert identity(settings(one)) == identity(settings(other))


def test_a_misspelt_place_is_told_those_of_its_platform() -> None:
    """The places of the other platform are none of them."""
    with pytest.raises(ConfigError) as wrong:
        settings({"place": "azure"})
    assert "`google-cloud`" in str(wrong.value)
    assert "cn" not in str(wrong.value)
    with pytest.raises(ConfigError, match="did you mean `self-hosted`"):
        settings({"place": "selfhosted"})


def test_a_place_of_its_own_reads_its_own_variables() -> None:
    """A key of the Claude API goes nowhere else."""
    environment = {"ANTHROPIC_API_KEY": "key-of-last-week", "ANTHROPIC_BASE_URL": "https://gateway.example.com"}

    for place in ("aws", "google-cloud"):
        found = settings({"place": place}, environment)
        assert (found.api_key, found.auth_token, found.base_url) == (None, None, None)
    assert settings({"place": "self-hosted"}, environment).base_url == "https://gateway.example.com"


def test_google_cloud_takes_no_key() -> None:
    """It would be sent to somebody who cannot use it."""
    with pytest.raises(ConfigError, match="set `managed-agents:authToken`"):
        settings({**GOOGLE, "apiKey": "key-of-last-week"})


def test_aws_takes_a_key_or_signs() -> None:
    """A key is a bearer there; without one each request is signed, for the region of the address."""
    aws = {"place": "aws", "region": "eu-west-1", "workspaceId": "wrkspc_1"}

    assert Claude.credential("key", "aws") == {"authorization": "Bearer key"}
    assert choose(configure(aws, {"ANTHROPIC_AWS_API_KEY": "key-of-last-week"})).kind == "key"
    assert choose(configure(aws, {})).kind == "signature"
    assert region(settings({**aws, "baseUrl": "https://aws-external-anthropic.us-east-1.api.aws"})) == "us-east-1"


def test_a_request_is_signed_with_its_body_and_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The signature covers what is sent, the workspace among it."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-last-week")
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={})

    with httpx.Client(transport=httpx.MockTransport(answer), auth=SigV4("eu-west-1", Learned())) as client:
        client.post("https://example.com/v1/agents", json={"a": 1}, headers={"anthropic-workspace-id": "wrkspc_1"})

    signature = seen[0].headers["authorization"]
    assert "/eu-west-1/aws-external-anthropic/aws4_request" in signature
    assert "anthropic-workspace-id" in signature
    assert "connection" not in signature


def test_without_botocore_the_first_request_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra: who has a key needs none."""
    monkeypatch.setitem(__import__("sys").modules, "botocore.awsrequest", None)
    request = httpx.Request("GET", "https://example.com/")

    with pytest.raises(ConfigError, match=r"pip install 'pulumi-managed-agents\[aws\]'"):
        next(SigV4("eu-west-1", Learned()).auth_flow(request))
