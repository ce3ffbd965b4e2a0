import pytest

from pulumi_managed_agents.declaration import values
from pulumi_managed_agents.declaration.values import UNKNOWN, Secret

RENDERED = {
    "nothing": ((), ""),
    "a property": (("mountPath",), "mountPath"),
    "a property of an item of a list": (("resources", 0, "mountPath"), "resources[0].mountPath"),
    "an item of an item": (("rows", 1, 2), "rows[1][2]"),
    "a key with a dash": (("metadata", "cost-center"), "metadata.cost-center"),
    "a key with a dot": (("metadata", "a.b"), 'metadata["a.b"]'),
    "a key with a quote and a backslash": (("metadata", 'a"b\\c'), 'metadata["a\\"b\\\\c"]'),
    "a key that begins with a digit": (("metadata", "1st"), 'metadata["1st"]'),
    "an empty key": (("metadata", ""), 'metadata[""]'),
    "a key that ends in a line break": (("metadata", "a\n"), 'metadata["a\n"]'),
    "a key at the top": (("a b", "c"), '["a b"].c'),
}


@pytest.mark.parametrize("case", RENDERED)
def test_a_path_is_written_as_pulumi_writes_it(case: str) -> None:
    path, text = RENDERED[case]

    assert values.render(path) == text


def test_a_secret_shows_itself_in_no_text() -> None:
    secret = Secret({"token": "token-of-last-week"})

    shown = f"{secret} {secret!r} {secret!s} {[secret]} { ({'a': secret}) } " + "%s %r" % (secret, secret)  # noqa: UP031

    assert "token-of-last-week" not in shown
    assert "[secret]" in shown


WHERE_UNKNOWN = {
    "itself": UNKNOWN,
    "in an object": {"a": UNKNOWN},
    "in a list of objects of lists": {"a": [{"b": [1, UNKNOWN]}]},
    "in a secret": Secret({"a": [UNKNOWN]}),
    "in a secret in a list": [Secret(UNKNOWN)],
}


@pytest.mark.parametrize("case", WHERE_UNKNOWN)
def test_an_unknown_is_found_at_any_depth(case: str) -> None:
    assert values.has_unknown(WHERE_UNKNOWN[case])


@pytest.mark.parametrize("value", [None, "unknown", "UNKNOWN", {}, [], {"a": [None]}, Secret("unknown"), 0, False])
def test_what_only_looks_unknown_is_known(value: object) -> None:
    assert not values.has_unknown(value)


def test_secrets_are_taken_off_at_any_depth() -> None:
    wrapped = {"a": [Secret({"b": Secret("c")}), "d"], "e": Secret(None)}

    assert values.bare(wrapped) == {"a": [{"b": "c"}, "d"], "e": None}


def test_every_text_under_a_secret_is_one_to_hide_and_no_other() -> None:
    value = {"open": "shown", "a": [Secret({"b": ["one", 2, ""], "c": {"d": "two"}})], "e": Secret(Secret("three"))}

    assert sorted(values.secrets_in(value)) == ["one", "three", "two"]


def test_whole_doubles_are_whole_numbers_again_and_others_stay() -> None:
    found = values.whole_numbers({"a": [3.0, 2.5, True, "4.0"], "b": -0.0})

    assert found == {"a": [3, 2.5, True, "4.0"], "b": 0}
    assert [type(item) for item in found["a"]] == [int, float, bool, str]


def test_numbers_that_no_integer_is_stay_what_they_are() -> None:
    assert values.whole_numbers([float("inf"), -float("inf")]) == [float("inf"), -float("inf")]


def test_only_properties_that_are_null_are_left_out() -> None:
    bag = {"a": None, "b": 0, "c": "", "d": [], "e": {"f": None}}

    assert values.without_nulls(bag) == {"b": 0, "c": "", "d": [], "e": {"f": None}}
