"""An agent in Qoder's words: what is sent, and what is understood of an answer that repeats it."""

from pulumi_managed_agents.lifecycle.steps import Call, Operation
from pulumi_managed_agents.platforms.qoder_dialect import TOOL_NAMES, understood, worded

RETRIEVE, LIST = (Operation("agents", verb) for verb in ("retrieve", "list"))
TOOLSET = "agent_toolset_20260401"
DECLARED = {
    "name": "worker",
    "model": {"id": "ultimate", "effort": {"type": "high"}},
    "tools": [{"type": TOOLSET, "configs": [{"name": name, "enabled": True} for name in TOOL_NAMES]}],
}


def test_an_agent_is_sent_in_the_platforms_words_and_comes_back_in_the_declarations() -> None:
    sent = worded(Call(Operation("agents", "create"), body=DECLARED)).body

    assert sent is not None
    assert sent["model"] == {"id": "ultimate", "effort": "high"}
    assert [config["name"] for config in sent["tools"][0]["configs"]] == list(TOOL_NAMES.values())
    assert understood(RETRIEVE, sent) == DECLARED
    assert understood(LIST, {"data": [sent, sent], "next": None}) == {"data": [DECLARED, DECLARED], "next": None}


def test_what_has_no_other_word_stays() -> None:
    plain = {"name": "worker", "model": "ultimate"}

    assert worded(Call(Operation("agents", "create"), body=plain)).body == plain
    assert understood(RETRIEVE, plain) == plain
    assert understood(Operation("vaults", "retrieve"), plain) == plain
