"""The documented exchanges, each a file of Fixtures/Conformance, against a fresh demo tenant.

A step sends a request and says what comes back: status, headers, and the whole body as a pattern.
An object holds the members that the pattern names and no others, unless it names `…`; names in
braces stand for the demo's identifiers and for what a step before kept. Patterns beside plain values:
`<guid>`, `<time>`, `<text>`, `<number>`, `<positive>`, `<flag>`, `<list>`, `<any>`, `<absent>`, a
regular expression between slashes, and objects of one member: `$every`, `$holds` (each of these is
among the elements), `$unordered`, `$not`, `$json` (a text that holds such JSON).
"""

import json
import re
from urllib.parse import quote

import pytest
from emulator import (
    GUID,
    REPOSITORY,
    SALESFORCE,
    SALESFORCE_3,
    SANDBOX,
    SANDBOX_JOB,
    Emulator,
)
from token_service import token_service

EXCHANGES = sorted((REPOSITORY / "Fixtures" / "Conformance").glob("*.json"))
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
TENANT = "00000000-0000-0000-0000-00000000c0de"
SCIM_APP = "a385dff5-08ad-40df-bb25-c35f5868fbe3"
API_APP = "74a88cff-a4fd-4300-8bfd-6eae03d6e7b4"
AD_APP = "bf6f8f34-04fb-423b-92b9-234d07390b1c"

NAMES = {
    "tenant": TENANT,
    "salesforce": SALESFORCE[0],
    "salesforceApp": SALESFORCE[1],
    "salesforce3": SALESFORCE_3[0],
    "salesforce3App": SALESFORCE_3[1],
    "sandbox": SANDBOX,
    "sandboxJob": SANDBOX_JOB,
    "sandboxApp": "1486cd08-e487-4a0f-9685-9abc2597caab",
    "scimApp": SCIM_APP,
    "scimJob": "scim.0000000000000000000000000000c0de.4f69b626-58da-4ad8-84a6-bc7c99919948",
    "apiApp": API_APP,
    "apiJob": "API2AAD.0000000000000000000000000000c0de.11d1ed80-76f5-4757-8d2b-a3a42179382d",
    "adApp": AD_APP,
    "adJob": "AD2AADProvisioning.0000000000000000000000000000c0de",
    "userRule": "03f7d90d-bf71-41b1-bda6-aaf0ddbee5d8",
    "adRule": "e2b68f07-94d1-4c3a-8f75-6a0d91c3b5e8",
    "user": "92ba3afa-4614-41d6-994a-6e49dca63b7f",
    "engineering": "fffa42a3-a141-4323-b8f3-c1a83437a8cc",
    "nonGallery": "8adf8e6e-67b2-4cf2-a259-e3dc5476c621",
}

KINDS = {
    "<any>": lambda found: True,
    "<guid>": lambda found: isinstance(found, str) and GUID.fullmatch(found),
    "<time>": lambda found: isinstance(found, str) and TIME.fullmatch(found),
    "<text>": lambda found: isinstance(found, str) and found,
    "<number>": lambda found: type(found) is int,
    "<positive>": lambda found: type(found) is int and found > 0,
    "<flag>": lambda found: type(found) is bool,
    "<list>": lambda found: isinstance(found, list),
}


def filled(value, names):
    """The value with names in braces replaced; a text that is one name becomes what it stands for."""
    if isinstance(value, dict):
        return {filled(key, names): filled(member, names) for key, member in value.items()}
    if isinstance(value, list):
        return [filled(element, names) for element in value]
    if not isinstance(value, str):
        return value
    if value[:1] == "{" and value[-1:] == "}" and value[1:-1] in names:
        return names[value[1:-1]]
    known = lambda match: str(names.get(match[1], match[0]))  # noqa: E731
    return re.sub(r"\{([A-Za-z0-9]+)\}", known, value)


def fits(pattern, found):
    """Whether a pattern describes a value, for patterns of lists without an order."""
    try:
        check(pattern, found, "")
    except AssertionError:
        return False
    return True


def check(pattern, found, place):
    """Holds a value against its pattern; the place goes into the message."""
    if isinstance(pattern, dict) and len(pattern) == 1 and next(iter(pattern)).startswith("$"):
        return check_special(*next(iter(pattern.items())), found, place)
    if isinstance(pattern, dict):
        assert isinstance(found, dict), f"{place}: {found!r} is no object"
        wanted = {name: one for name, one in pattern.items() if name != "…"}
        for name, one in wanted.items():
            if one == "<absent>":
                assert name not in found, f"{place}.{name} is there"
                continue
            assert name in found, f"{place}.{name} is missing: {list(found)}"
            check(one, found[name], f"{place}.{name}")
        more = [] if "…" in pattern else [name for name in found if name not in wanted]
        assert not more, f"{place} has {more} too"
    elif isinstance(pattern, list):
        assert isinstance(found, list) and len(found) == len(pattern), f"{place}: {found!r}"
        for index, (one, element) in enumerate(zip(pattern, found, strict=True)):
            check(one, element, f"{place}[{index}]")
    elif pattern in KINDS if isinstance(pattern, str) else False:
        assert KINDS[pattern](found), f"{place}: {found!r} is no {pattern}"
    elif isinstance(pattern, str) and len(pattern) > 2 and pattern[0] == pattern[-1] == "/":
        assert re.search(pattern[1:-1], str(found)), f"{place}: {found!r} does not match {pattern}"
    else:
        same = type(pattern) is type(found) and pattern == found
        assert same, f"{place}: {found!r} instead of {pattern!r}"


def check_special(kind, pattern, found, place):
    if kind == "$json":
        check(pattern, json.loads(found), place + " as JSON")
    elif kind == "$not":
        assert not fits(pattern, found), f"{place}: {found!r}"
    elif kind == "$every":
        assert isinstance(found, list) and found, f"{place}: no elements in {found!r}"
        for index, element in enumerate(found):
            check(pattern, element, f"{place}[{index}]")
    else:
        assert kind in ("$holds", "$unordered"), f"{place}: {kind}?"
        for one in pattern:
            assert any(fits(one, element) for element in found), f"{place}: no {one} in {found}"
        assert kind == "$holds" or len(found) == len(pattern), f"{place}: {found}"


def reached(value, path):
    """The part of an answer at the end of a path; an object on it chooses an element."""
    for step in path:
        if isinstance(step, dict):
            value = next(one for one in value if step.items() <= one.items())
        else:
            value = value[step]
    return value


def body_of(answer):
    return json.loads(answer.body) if answer.body else None


def perform(emulator, step, names):
    method, _, target = filled(step["send"], names).partition(" ")
    content = step["raw"].encode() if "raw" in step else filled(step.get("body"), names)
    target = quote(target, safe="/?&=$(),':;@%*+")
    headers = filled(step.get("headers", {}), names)
    answer = emulator.send(method, target, content, headers)
    place = f"{method} {target}"
    assert answer.status == step["status"], f"{place}: {answer.status} {answer.body[:900]!r}"
    for name, pattern in filled(step.get("answerHeaders", {}), names).items():
        check(pattern, answer.headers.get(name), f"{place}: header {name}")
    found = body_of(answer)
    if "answer" in step:
        check(filled(step["answer"], names), found, place)
    if "order" in step:
        assert list(reached(found, step.get("orderOf", []))) == step["order"], place
    for name, path in step.get("keep", {}).items():
        names[name] = reached(found, path)


@pytest.mark.parametrize("path", EXCHANGES, ids=lambda path: path.stem)
def test_the_exchange_is_as_documented(path):
    exchange = json.loads(path.read_text())
    assert path.name.startswith(f"{exchange['number']:02}-")
    emulator = Emulator("--clock", "manual")
    try:
        names = dict(NAMES, url=emulator.url)
        roles = emulator.get(f"/v1.0/servicePrincipals/{SANDBOX}?$select=appRoles").json
        names["sandboxRole"] = roles["appRoles"][0]["id"]
        with token_service() as address:
            names["tokenService"] = address
            for step in exchange["steps"]:
                perform(emulator, step, names)
    finally:
        code = emulator.stop()
    assert code == 0


def test_all_exchanges_are_there():
    assert [int(path.name[:2]) for path in EXCHANGES] == list(range(1, 27))
