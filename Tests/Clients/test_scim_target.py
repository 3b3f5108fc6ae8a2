"""The built-in SCIM target as a picky client and as a hostile one sees it (RFC 7643, RFC 7644)."""

import random
from urllib.parse import quote

import pytest

from emulator import Emulator

SERVICE_PRINCIPAL = "a385dff5-08ad-40df-bb25-c35f5868fbe3"
BASE = f"/scim/{SERVICE_PRINCIPAL}"
TOKEN = {"Authorization": "Bearer demo-scim-token"}
SCIM = "application/scim+json"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
CUSTOM = "urn:ietf:params:scim:schemas:extension:Badge:2.0:User"
PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"


class Target:
    """The directory of the demo's SCIM application."""

    def __init__(self, emulator, base=BASE):
        self.emulator, self.base = emulator, base

    def send(self, method, path, content=None, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if content is not None:
            named.setdefault("Content-Type", SCIM)
        answer = self.emulator.send(method, self.base + path, content, {**TOKEN, **named})
        assert answer.status < 500 or path == "/Me", f"{answer.status} {answer.body[:300]!r}"
        if answer.status >= 400 and answer.body:
            assert answer.headers["content-type"] == SCIM
            assert answer.json["schemas"] == [ERROR]
            assert answer.json["status"] == str(answer.status)
        return answer

    def made(self, path, content):
        answer = self.send("POST", path, content)
        assert answer.status == 201, answer.body
        assert answer.headers["location"] == answer.json["meta"]["location"]
        assert answer.headers["etag"] == answer.json["meta"]["version"]
        return answer.json

    def patch(self, path, *operations, **headers):
        return self.send("PATCH", path, {"schemas": [PATCH_OP], "Operations": operations}, **headers)

    def names(self, filter, path="/Users"):
        answer = self.send("GET", f"{path}?filter={quote(filter)}")
        assert answer.status == 200, answer.body
        return [each.get("userName", each.get("displayName")) for each in answer.json["Resources"]]


@pytest.fixture(scope="module")
def running():
    emulator = Emulator("--clock", "manual")
    yield emulator
    assert emulator.stop() == 0


@pytest.fixture(scope="module")
def people(running):
    """Three users that filters tell apart."""
    target = Target(running)
    users = {}
    for name, more in {
        "bob": {
            "active": False,
            "title": "Dev",
            "emails": [
                {"type": "work", "value": "bob@x.com"},
                {"type": "home", "value": "bob@home.org", "primary": True},
            ],
            ENTERPRISE: {"department": "R&D", "manager": {"value": "boss"}},
        },
        "Cat": {"name": {"familyName": "O'Hara"}, "userType": "Employee"},
        "dan": {CUSTOM: {"level": 5, "tags": ["a", "b"]}, "externalId": "D1"},
    }.items():
        users[name] = target.made("/Users", {"userName": name, **more})
    return target, users


FILTERS = [
    ('userName eq "BOB"', ["bob"]),
    ('userName Ne "bob" and userName pr', ["Cat", "dan"]),
    ('userName sw "c" or userName ew "n"', ["Cat", "dan"]),
    ('userName eq "bob" or userName eq "dan" and title pr', ["bob"]),
    ('(userName eq "bob" or userName eq "dan") and active eq false', ["bob"]),
    ("active eq false", ["bob"]),
    ('active eq "False"', ["bob"]),
    ("not (title pr)", ["Cat", "dan"]),
    ("title eq null", ["Cat", "dan"]),
    ('emails[type eq "work" and value co "@x.com"]', ["bob"]),
    ('emails[type eq "home"].value eq "bob@home.org"', ["bob"]),
    ('emails co "home"', ["bob"]),
    (f'{ENTERPRISE}:department eq "R&D"', ["bob"]),
    (f'{ENTERPRISE}:manager eq "boss"', ["bob"]),
    ('manager eq "boss"', ["bob"]),
    ('urn:ietf:params:scim:schemas:core:2.0:User:userName sw "b"', ["bob"]),
    (f"{CUSTOM}:level gt 4", ["dan"]),
    (f'{CUSTOM}:tags eq "b"', ["dan"]),
    ('externalId eq "d1"', []),
    ('externalId eq "D1"', ["dan"]),
    ('userName gt "bz"', ["Cat", "dan"]),
    ('name.familyName eq "o\'hara"', ["Cat"]),
    (f'schemas eq "{ENTERPRISE}"', ["bob"]),
    ('meta.lastModified gt "2011-05-13T04:42:34Z" and title pr', ["bob"]),
    ('unknown eq "x"', []),
]


@pytest.mark.parametrize(("text", "expected"), FILTERS, ids=[text for text, _ in FILTERS])
def test_a_filter_finds_whom_it_means(people, text, expected):
    assert people[0].names(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "userName", "userName eq", "userName eq bob", 'userName xx "b"', '(userName eq "b"',
     'userName eq "b" and', 'emails[type eq "work"', '1 eq 1', 'userName eq "b" rest', 'eq "x"',
     "active gt true", 'x509Certificates.value ge "A"', "(" * 3000, 'userName eq "b\\"'],
    ids=lambda text: text[:30],
)
def test_a_filter_that_is_none_is_refused(people, text):
    answer = people[0].send("GET", f"/Users?filter={quote(text)}")
    assert (answer.status, answer.json["scimType"]) == (400, "invalidFilter")


def test_lists_are_sorted_paged_and_cut_to_what_is_asked_for(people):
    target, users = people
    answer = target.send(
        "GET", "/Users?sortBy=userName&sortOrder=descending&startIndex=2&count=1&attributes=userName"
    ).json
    assert [answer[name] for name in ("totalResults", "startIndex", "itemsPerPage")] == [3, 2, 1]
    assert [each["userName"] for each in answer["Resources"]] == ["Cat"]
    assert set(answer["Resources"][0]) == {"schemas", "id", "userName"}
    searched = target.send(
        "POST", "/Users/.search",
        {"filter": "title pr", "excludedAttributes": ["emails", "meta.location"], "count": 5},
    ).json["Resources"]
    assert "emails" not in searched[0] and "location" not in searched[0]["meta"]
    assert target.send("GET", "/Users?count=0").json["Resources"] == []
    assert target.send("GET", "/Users?count=-1&startIndex=-5").json["startIndex"] == 1
    assert target.send("GET", "/Users?count=x").json["scimType"] == "invalidValue"
    both = target.send("GET", "/Users?attributes=userName&excludedAttributes=name")
    assert both.status == 400
    one = target.send("GET", f"/Users/{users['bob']['id']}?attributes=emails.value").json
    assert one["emails"] == [{"value": "bob@x.com"}, {"value": "bob@home.org"}]
    root = target.send("POST", "/.search", {"filter": 'userName eq "dan" or displayName pr'}).json
    assert [each["userName"] for each in root["Resources"]] == ["dan"]


def test_versions_guard_reads_and_writes(running):
    target = Target(running)
    user = target.made("/Users", {"userName": "versions"})
    path, version = f"/Users/{user['id']}", user["meta"]["version"]
    assert target.send("GET", path, If_None_Match=version).status == 304
    assert target.send("GET", path, If_Match='W/"9"').status == 412
    assert target.send("PUT", path, {"userName": "versions"}, If_Match='W/"9"').status == 412
    assert target.send("DELETE", path, If_Match='W/"9"').status == 412
    change = {"op": "replace", "path": "title", "value": "T"}
    assert target.patch(path, change, If_None_Match=version).status == 412
    changed = target.patch(path, change, If_Match=version)
    assert changed.status == 200 and changed.headers["etag"] != version
    assert target.patch(path, change).headers["etag"] == changed.headers["etag"]
    assert target.send("DELETE", path, If_Match=version).status == 412
    assert target.send("DELETE", path, If_Match=changed.headers["etag"]).status == 204
    assert target.send("GET", path).status == 404


def test_both_of_the_services_dialects_are_taken(running):
    target = Target(running)
    user = target.made("/Users", {"userName": "dialects", "active": True})
    boss = target.made("/Users", {"userName": "boss"})["id"]
    path = f"/Users/{user['id']}"
    default = target.patch(
        path,
        {"op": "Replace", "path": "active", "value": "False"},
        {"op": "Add", "path": 'emails[type eq "work"].value', "value": "a@x.com"},
        {"op": "Add", "path": f"{ENTERPRISE}:manager", "value": boss},
        {"op": "Replace", "path": "name.familyName", "value": "Young"},
        {"op": "Add", "path": "roles", "value": [{"value": '{"id":"1","value":"25"}'}]},
    ).json
    assert default["active"] is False
    assert default["emails"] == [{"type": "work", "value": "a@x.com"}]
    assert default[ENTERPRISE]["manager"]["value"] == boss
    assert ENTERPRISE in default["schemas"]
    assert target.names(f'id eq "{user["id"]}" and manager eq "{boss}"') == ["dialects"]
    documented = target.patch(
        path, {"op": "Replace", "path": "manager", "value": [{"$ref": "x", "value": boss}]}
    ).json
    assert "manager" not in documented
    assert documented[ENTERPRISE]["manager"] == {"$ref": "x", "value": boss}
    compliant = target.patch(
        path,
        {"op": "replace", "path": 'emails[type eq "work"].value', "value": "b@x.com"},
        {"op": "replace", "value": {"displayName": "Joy", "name.givenName": "Joy",
                                    f"{ENTERPRISE}:department": "R&D", "active": True}},
        {"op": "remove", "path": f"{ENTERPRISE}:manager"},
    ).json
    assert compliant["active"] is True
    assert compliant["name"] == {"familyName": "Young", "givenName": "Joy"}
    assert compliant[ENTERPRISE] == {"department": "R&D"}
    assert compliant["emails"][0]["value"] == "b@x.com"


def test_members_come_and_go_in_both_dialects(running):
    target = Target(running)
    ids = [target.made("/Users", {"userName": f"member{n}"})["id"] for n in range(3)]
    group = target.made("/Groups", {"displayName": "Members", "members": []})
    path = f"/Groups/{group['id']}"

    def members():
        return [each["value"] for each in target.send("GET", path).json.get("members", [])]

    add = {"op": "Add", "path": "members", "value": [{"$ref": None, "value": ids[0]}]}
    assert target.patch(path, add).status == 204
    target.patch(path, {"op": "add", "value": {"members": [{"value": ids[1]}, {"value": ids[2]}]}})
    assert members() == ids
    assert target.names(f'id eq "{group["id"]}" and members eq "{ids[1]}"', "/Groups") == ["Members"]
    shown = target.send("GET", f"/Users/{ids[0]}").json["groups"]
    assert [each["value"] for each in shown] == [group["id"]]
    assert "members" not in target.send("GET", path + "?excludedAttributes=members").json
    target.patch(path, {"op": "Remove", "path": "members", "value": [{"value": ids[0]}]})
    target.patch(path, {"op": "remove", "path": f'members[value eq "{ids[1]}"]'})
    assert members() == [ids[2]]
    target.patch(path, {"op": "remove", "path": "members"})
    assert members() == []


REFUSED = [
    ({"op": "replace", "path": "id", "value": "x"}, "mutability"),
    ({"op": "add", "path": "groups", "value": [{"value": "1"}]}, "mutability"),
    ({"op": "remove", "path": "userName"}, "mutability"),
    ({"op": "remove"}, "noTarget"),
    ({"op": "replace", "path": 'emails[type eq "none"].value', "value": "x"}, "noTarget"),
    ({"op": "add", "path": "emails[type", "value": 1}, "invalidPath"),
    ({"op": "add", "path": "a.b.c", "value": 1}, "invalidPath"),
    ({"op": "none", "path": "title", "value": "x"}, "invalidSyntax"),
    ({"op": "add", "path": "active", "value": "maybe"}, "invalidValue"),
    ({"op": "add", "path": "title", "value": {"a": 1}}, "invalidValue"),
    ({"op": "add", "value": "x"}, "invalidValue"),
]


@pytest.mark.parametrize(("operation", "kind"), REFUSED, ids=lambda value: str(value)[:40])
def test_a_patch_that_can_not_be_done_is_refused_whole(people, operation, kind):
    target, users = people
    path = f"/Users/{users['dan']['id']}"
    answer = target.patch(path, {"op": "add", "path": "nickName", "value": "D"}, operation)
    assert (answer.status, answer.json["scimType"]) == (400, kind)
    assert "nickName" not in target.send("GET", path).json


def test_bulk_resolves_references_and_stops_at_so_many_errors(running):
    target = Target(running)

    def bulk(*operations, **more):
        answer = target.send("POST", "/Bulk", {"Operations": operations, **more})
        assert answer.status == 200, answer.body
        return answer.json["Operations"]

    def post(name, path="/Users", **data):
        return {"method": "POST", "path": path, "bulkId": name, "data": data}

    made = bulk(
        post("group", "/Groups", displayName="Bulk", members=[{"value": "bulkId:user"}]),
        post("user", userName="bulk"),
    )
    assert [each["status"] for each in made] == ["201", "201"]
    user = made[1]["location"].rpartition("/")[2]
    group = target.emulator.get("/" + made[0]["location"].split("/", 3)[3], headers=TOKEN).json
    assert [each["value"] for each in group["members"]] == [user]
    stopped = bulk(post("a", userName="bulk"), post("b", userName="bulk2"), failOnErrors=1)
    assert [each["status"] for each in stopped] == ["409"]
    assert stopped[0]["response"]["scimType"] == "uniqueness"
    assert target.names('userName eq "bulk2"') == []
    circle = bulk(
        post("a", userName="c1", **{ENTERPRISE: {"manager": {"value": "bulkId:b"}}}),
        post("b", userName="c2", **{ENTERPRISE: {"manager": {"value": "bulkId:a"}}}),
    )
    assert [each["status"] for each in circle] == ["201", "201"]
    ids = [each["location"].rpartition("/")[2] for each in circle]
    managers = [
        target.send("GET", f"/Users/{id}").json[ENTERPRISE]["manager"]["value"] for id in ids
    ]
    assert managers == ids[::-1]
    many = [{"method": "DELETE", "path": "/Users/x"}] * 1001
    assert target.send("POST", "/Bulk", {"Operations": many}).status == 413


def test_discovery_says_what_there_is(running):
    target = Target(running)
    config = target.send("GET", "/ServiceProviderConfig").json
    for feature in ("patch", "bulk", "filter", "sort", "etag"):
        assert config[feature]["supported"] is True
    types = {each["id"]: each for each in target.send("GET", "/ResourceTypes").json["Resources"]}
    assert set(types) == {"User", "Group"}
    for each in types.values():
        assert target.send("GET", f"/Schemas/{each['schema']}").json["id"] == each["schema"]
        assert target.send("GET", f"/ResourceTypes/{each['id']}").json == each
    assert target.send("GET", f"/Schemas/{ENTERPRISE}").status == 200
    assert target.send("GET", "/Schemas/none").status == 404
    assert target.send("GET", "/Schemas?filter=id%20pr").status == 403
    assert target.send("POST", "/Schemas", {}).status == 405


def test_me_is_nobody(running):
    answer = Target(running).send("GET", "/Me")
    assert answer.status == 501 and answer.json["status"] == "501"


def test_the_token_is_the_one_of_the_jobs_secrets(running):
    target = Target(running)
    for wrong in ("Bearer wrong", "Basic abc", ""):
        answer = target.send("GET", "/Users", Authorization=wrong)
        assert answer.status == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
    changed = {"value": [{"key": "SecretToken", "value": "another"}]}
    path = f"/v1.0/servicePrincipals/{SERVICE_PRINCIPAL}/synchronization/secrets"
    elsewhere = "/tenants/5ca1ab1e-0000-4000-8000-000000000001"
    assert running.send("PUT", elsewhere + path, changed).status == 204
    other = Target(running, elsewhere + BASE)
    assert other.send("GET", "/Users").status == 401
    assert other.send("GET", "/Users", Authorization="Bearer another").status == 200


def test_each_tenant_has_targets_of_its_own(running):
    prefix = "/tenants/5ca1ab1e-0000-4000-8000-000000000002"
    target = Target(running, prefix + BASE)
    user = target.made("/Users", {"userName": "elsewhere"})
    assert prefix + BASE in user["meta"]["location"]
    assert Target(running).names('userName eq "elsewhere"') == []
    assert target.names('userName eq "elsewhere"') == ["elsewhere"]


def test_the_control_api_lists_and_changes_what_is_there(running):
    target = Target(running)
    objects = "/_emulator/directories/scim/User"
    owner = f"?servicePrincipal={SERVICE_PRINCIPAL}"
    made = running.send("POST", objects + owner, {"attributes": {"userName": "drift"}})
    assert made.status == 201, made.body
    path = f"{objects}/{made.json['id']}{owner}"
    assert target.names('userName eq "drift"') == ["drift"]
    changed = running.send("PATCH", path, {"attributes": {"title": "Changed"}})
    assert changed.status == 200, changed.body
    assert target.send("GET", f"/Users/{made.json['id']}").json["title"] == "Changed"
    listed = running.get(objects + owner).json["value"]
    assert made.json["id"] in [each["id"] for each in listed]
    assert running.send("DELETE", path).status == 204
    assert target.names('userName eq "drift"') == []


BODIES = [
    b"", b"{", b"[]", b"null", b"5", b"\xff\xfe", b'{"userName":"a","userName":"b"}', b'{"userName":5}',
    b'{"userName":""}', b'{"userName":"h","schemas":"x"}', b'{"userName":"h","emails":[[[]]]}',
    b'{"userName":"h","x":' + b"[" * 5000 + b"]" * 5000 + b"}", b'{"displayName":"nobody"}',
    b'{"userName":"h","active":"maybe"}', b'{"userName":"h","name":"text"}',
]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: repr(body)[:40])
def test_a_body_that_fits_nothing_is_refused(people, body):
    assert people[0].send("POST", "/Users", body).status == 400
    assert people[0].send("PUT", f"/Users/{people[1]['dan']['id']}", body).status == 400


def test_what_is_too_large_or_of_another_type_is_refused(people):
    target = people[0]
    assert target.send("POST", "/Users", {"userName": "a" * 2_000_000}).status == 413
    assert target.send("POST", "/Users", b"{}", Content_Type="text/plain").status == 415
    assert target.send("PATCH", "/Users", {}).status == 405
    assert target.send("GET", "/Nothing").status == 404
    assert target.send("GET", "/Users/%00").status == 404


def test_random_requests_never_fail_the_target(running):
    """Methods, paths, queries and bodies that nobody would send; the seed tells them all."""
    seed = 20260101
    choose = random.Random(seed)
    target = Target(running)
    user = target.made("/Users", {"userName": "random"})["id"]
    pieces = [f"/Users/{user}", "/Users", "/Groups", "/Bulk", "/.search", "/Schemas", "/", "/%2e%2e",
              "?filter=", "?attributes=", "?count=", "&sortBy=", "%22", "userName", "eq", "emails[", "]",
              "(", ")", "%00", "%C3%A9", ".", ":", "urn:", "not", "9" * 30, "-1", "+"]
    values = [None, True, 0, -1, 1e308, "", "x", [], {}, [{}], {"op": "add"}, {"value": None},
              "bulkId:x", {"Operations": [{"op": "remove", "path": "members"}]}]
    for turn in range(400):
        path = "/" + "".join(choose.choices(pieces, k=choose.randint(1, 6))).lstrip("/")
        method = choose.choice(["GET", "POST", "PUT", "PATCH", "DELETE"])
        body = None
        if method != "GET":
            names = choose.sample(["userName", "Operations", "schemas", "emails", "filter"], 2)
            body = {name: choose.choice(values) for name in names}
        answer = target.emulator.send(method, target.base + path, body, {**TOKEN, "Content-Type": SCIM})
        assert answer.status < 500, f"seed {seed}, turn {turn}: {method} {path} {body}"
    target.emulator.assert_alive()
