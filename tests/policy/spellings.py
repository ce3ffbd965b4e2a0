"""Spellings: what means the same to some program, and is written otherwise."""

from __future__ import annotations

import string
from typing import Any

from hypothesis import strategies as st
from policy.views import TOOLSET, URL

from pulumi_managed_agents.policy.breadth import SHARED

Strategy = st.SearchStrategy[Any]

# Texts

BLANKS = st.text(" \t\r\n", max_size=2)
LETTERS = st.text(string.ascii_letters + string.digits, min_size=30, max_size=40)


@st.composite
def cased(draw: st.DrawFn, text: str) -> str:
    """The text with some capitals."""
    return "".join(draw(st.sampled_from((sign, sign.upper()))) for sign in text)


@st.composite
def escaped(draw: st.DrawFn, text: str) -> str:
    """The text with some letters as an address may escape them."""
    return "".join(draw(st.sampled_from((sign, f"%{ord(sign):02x}", f"%{ord(sign):02X}"))) for sign in text)


@st.composite
def blank(draw: st.DrawFn, text: str) -> str:
    """The text with blanks around it."""
    return f"{draw(BLANKS)}{text}{draw(BLANKS)}"


# Addresses


@st.composite
def on_a_host(draw: st.DrawFn, host: str) -> str:
    """The host in another spelling, with the port that goes without saying or not."""
    return draw(cased(host)) + draw(st.sampled_from(("", "."))) + draw(st.sampled_from(("", ":", ":443", ":0443")))


@st.composite
def repository(draw: st.DrawFn, owner: str, host: str = "github.com") -> str:
    """An address of the repository `app` of an owner."""
    path = f"{draw(cased(owner).flatmap(escaped))}/{draw(escaped('app'))}{draw(st.sampled_from(('', '.git', '/')))}"
    return draw(blank(f"{draw(cased('https'))}://{draw(on_a_host(host))}/{path}"))


@st.composite
def server(draw: st.DrawFn, host: str) -> str:
    """An address of an MCP server on a host; its port makes no difference."""
    scheme, port = draw(st.sampled_from(("https", "http")).flatmap(cased)), draw(st.sampled_from(("", ":", ":8443")))
    return draw(blank(f"{scheme}://{draw(cased(host))}{draw(st.sampled_from(('', '.')))}{port}/sse?a=b"))


DOTS = st.sampled_from(("..", "%2e%2e", "%2E.", ".%2e", "./..", "x/../..", "%2e/%2e%2e", "..%2f..", "..\\.."))
SLASH = st.sampled_from(("/", "//", "%2f", "%2F", "\\", "/./"))
USER = st.sampled_from(("", "u@", "org@", "a:b@", "github.com@", "org%2fapp@"))


@st.composite
def elsewhere(draw: st.DrawFn) -> str:
    """An address that begins as an allowed owner's, and leads some programs to another's."""
    way = f"org{draw(SLASH)}{draw(DOTS)}{draw(SLASH)}evil/x"
    return draw(blank(f"https://{draw(USER)}github.com/{way}"))


CONFUSED = ("{0}{2}{1}", "{0}{1}\\@evil.example", "evil.example\\{0}{1}", "a@b@{0}{1}", "{0}..{1}")
ODD = "\\\t \n\x00\x7f\u200b\uff0f\u3002\uff20\u2044%;\u0430\u00ad\u202e@"


@st.composite
def confusing(draw: st.DrawFn, host: str, path: str) -> str:
    """An address whose host some programs take for another one."""
    where = draw(st.integers(1, len(host) - 1))
    written = draw(st.sampled_from(CONFUSED)).format(host[:where], host[where:], draw(st.sampled_from(ODD)))
    return f"https://{written}{path}"


NO_ADDRESS = st.none() | st.integers() | st.booleans() | st.lists(st.just(URL), max_size=1) | st.just({"url": URL})
ELSEWHERE = repository("evil") | repository("org", "git.example.com") | elsewhere()
STRANGE = ELSEWHERE | confusing("github.com", "/org/app") | NO_ADDRESS


# Tokens

OF_OLD = st.text(string.hexdigits, min_size=40, max_size=40)
BROAD = OF_OLD | st.builds(str.__add__, st.sampled_from(("ghp_", "gho_", "ghu_", "ghr_")), LETTERS)
NARROW = st.builds(str.__add__, st.sampled_from(("github_pat_", "ghs_")), LETTERS)
SECRET = st.one_of(
    st.builds(str.__add__, st.sampled_from(("ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "sk-ant-")), LETTERS),
    st.text(string.ascii_uppercase, min_size=16, max_size=16).map(lambda text: "AK" + "IA" + text),
    st.builds(lambda *parts: "eyJ" + ".eyJ".join(parts[:2]) + "." + parts[2], LETTERS, LETTERS, LETTERS),
    st.just("-----BEGIN " + "EC PRIVATE KEY-----"),
    LETTERS.map(lambda text: f"https://me:{text}@example.com/"),
)
AROUND = st.sampled_from(("{}", " {}\n", "Use {} for it.", 'export A="{}"', "a={};b=c", "[{}](x)"))
IN_PLAIN = st.builds(lambda secret, around: around.format(secret), SECRET, AROUND)
HARMLESS = st.sampled_from(
    (
        "ghp_",
        "a sk-ant- token",
        "eyJ.eyJ",
        "0123456789" * 4,
        "https://example.com/a:b@c",
        "AKIA",
        "sk-a-long-name-of-it-all",
    )
)


# Tools

WRITING = ("bash", "write", "edit")
ALLOWED = {"permissionPolicy": {"type": "always_allow"}}
ASKED = st.sampled_from(("always_ask", "auto", "always_deny")).map(lambda word: {"permissionPolicy": {"type": word}})
CLOSED = ASKED | st.just({"enabled": False})


@st.composite
def tool(draw: st.DrawFn) -> str:
    """A tool's name as one of the platforms writes it."""
    name = draw(st.sampled_from(WRITING))
    return draw(st.sampled_from((name, name.title(), name.upper())))


@st.composite
def closed_toolset(draw: st.DrawFn) -> dict[str, Any]:
    """A toolset none of whose tools writes without asking."""
    configs = draw(st.lists(st.builds(lambda name, how: {"name": name, **how}, tool(), CLOSED), max_size=3))
    return {
        **TOOLSET,
        "defaultConfig": draw(CLOSED),
        "configs": draw(st.permutations([*configs, {"name": "read", **ALLOWED}])),
    }


@st.composite
def open_toolset(draw: st.DrawFn) -> dict[str, Any]:
    """A toolset with a tool that writes without asking, or one that cannot be read."""
    name, closed = draw(tool()), draw(closed_toolset())
    reading = [{**item, "name": "Read"} for item in closed["configs"]]
    forms: list[dict[str, Any]] = [
        {**closed, "configs": draw(st.permutations([{"name": name, "enabled": True, **ALLOWED}, *reading]))},
        {**TOOLSET, "enabledTools": [name]},
        {**TOOLSET, "disallowedTools": [other for other in WRITING if other != name.lower()]},
        {**TOOLSET, "defaultConfig": {"permissionPolicy": {"type": draw(cased("always_allow"))}}},
        {**TOOLSET, "defaultConfig": None, "configs": None},
        {**closed, "type": draw(st.text(min_size=1, max_size=6)) + "agent_toolset"},
        {"type": "mcp_toolset", "defaultConfig": ALLOWED},
    ]
    return draw(st.sampled_from(forms))


@st.composite
def with_an_open_one(draw: st.DrawFn) -> list[Any]:
    """Toolsets, one of which lets a tool write."""
    return draw(st.permutations([draw(open_toolset()), *draw(st.lists(closed_toolset(), max_size=2))]))


WHOLE = st.lists(closed_toolset(), max_size=1).map(lambda more: [*more, TOOLSET])
PARTIAL = st.sampled_from(
    ([], None, [{**TOOLSET, "enabledTools": ["Read", "Bash"]}], [{**TOOLSET, "defaultConfig": {"enabled": False}}] * 2)
)


# Hosts

LABEL = st.text(string.ascii_lowercase, min_size=2, max_size=6)
SUFFIX = LABEL | st.sampled_from(("co.uk", "com.au", *SHARED))


@st.composite
def pattern(draw: st.DrawFn, names: Strategy) -> str:
    """All hosts below one of the names, in another spelling."""
    return f"*.{draw(names.flatmap(cased))}{draw(st.sampled_from(('', '.')))}"


BROAD_HOSTS = pattern(SUFFIX) | st.sampled_from(
    ("*", "*.*", "*.*.example.com", "*com", "a*.b.com", "b\u00fc.de", "a..b", "")
)
NARROW_HOSTS = pattern(st.just("api.example.com")) | st.sampled_from(
    ("*.corp.co.uk", "GitHub.com", "github.com.", "10.0.0.1")
)


@st.composite
def with_a_broad_one(draw: st.DrawFn) -> list[Any]:
    """Hosts, one of which is too many."""
    return draw(st.permutations([draw(BROAD_HOSTS), *draw(st.lists(NARROW_HOSTS, max_size=2))]))


# Schedules and amounts

REST = (("*", "0-23", "*/1"), ("*", "1-31"), ("*", "1-12"), ("*", "0-7"))


@st.composite
def every(draw: st.DrawFn, minutes: int) -> str:
    """A schedule that runs so often, in another spelling."""
    listed = ",".join(f"{minute:0{draw(st.integers(1, 2))}d}" for minute in range(0, 60, minutes))
    minute = draw(st.sampled_from((f"*/{minutes}", f"0-59/{minutes}", f"0/{minutes}", f"00/{minutes}", listed)))
    rest = [draw(st.sampled_from(forms)) for forms in REST]
    return draw(blank(draw(st.sampled_from((" ", "  ", "\t"))).join([minute, *rest])))


OFTEN = st.sampled_from((1, 2, 5, 10, 15, 30)).flatmap(every)
NO_SCHEDULE = st.sampled_from(
    ("@hourly", "* * * *", "0 0 0 * *", "5-1 * * * *", "* * * JAN *", "", "60 * * * *", "*/0 * * * *")
)
NEVER = st.sampled_from(("* * 31 2 *", "*/5 * 30 2 *", "0-59 * 31 4,6,9,11 *"))

NO_AMOUNT = (
    st.integers(16, 5000).map(lambda digits: "9" * digits)
    | st.integers(0, 500)
    | st.sampled_from(("0", "007", "-1", " 5", "5.0", "5e0", "\u0665", "", "0x5", True, [], {}))
)
DEAR = NO_AMOUNT | st.integers(501, 10**15 - 1).map(str)


# Versions

NO_VERSION = st.none() | st.integers(max_value=0) | st.sampled_from((0.5, "latest", "1", True, [], {}))
MOVING = st.sampled_from(
    ("claude-opus-4-8", "claude-sonnet-4-5-latest", "claude-x-20259999", "claude-x-2025\u0661229", 7, {}, "")
)

# Types

MODULES = st.sampled_from(("evil", "index/x", "Index", "index:index", "index/agents", "a$b", "index$x", "-"))
ODD_TYPES = st.builds("managed-agents:{}:Agent".format, MODULES) | st.sampled_from(
    (
        "managed-agents:index:agent",
        "Managed-Agents:index:Agent",
        "managed-agents:index:Agent$",
        "managed-agents:x$managed-agents:index:Agent",
        "managed-agents:index:Agent::x",
        "pulumi-python:dynamic/managedagents:x:Agent",
        "pulumi-python:dynamic/managedagents/x:Agent",
        "pulumi-python:dynamic/MANAGEDAGENTS:Agent",
        "managed-agents:index:Nobody",
    )
)
