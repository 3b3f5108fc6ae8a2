"""A tenant with one SCIM job, for tests in which an entrasync provisions over HTTP."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote_plus, urlsplit

from emulator import Emulator, synchronization

APPLICATION = "5ca1ab1e-0000-4000-8000-000000000001"
SERVICE_PRINCIPAL = "5ca1ab1e-0000-4000-8000-000000000002"
APP_ID = "5ca1ab1e-0000-4000-8000-000000000003"
ROLE = "5ca1ab1e-0000-4000-8000-0000000000f1"
TOKEN = "engine-token"
INTERVAL = "PT40M"
RULE = "03f7d90d-bf71-41b1-bda6-aaf0ddbee5d8"


def user_id(number):
    return f"0000d1ec-0000-4000-8000-{number:012x}"


def group_id(number):
    return f"0000d1ec-0000-4000-9000-{number:012x}"


def user(number, **more):
    """A user with a value for most of the default mappings."""
    return {
        "id": user_id(number),
        "userPrincipalName": f"user{number:05}@contoso.com",
        "displayName": f"User {number}",
        "mailNickname": f"user{number:05}",
        "mail": f"user{number:05}@contoso.com",
        "givenName": "User",
        "surname": str(number),
        "department": "Research",
        "jobTitle": "Analyst",
        "accountEnabled": True,
        **more,
    }


def group(number, members=(), **more):
    return {
        "id": group_id(number),
        "displayName": f"Group {number}",
        "mailNickname": f"group{number}",
        "securityEnabled": True,
        "mailEnabled": False,
        "members": [user_id(member) for member in members],
        **more,
    }


def seed(address, users=(), groups=(), assigned=None, token=TOKEN, secrets=()):
    """A seed document: these objects, and a job that provisions them to an address.

    Without `assigned` everything is in scope; else these identifiers are.
    """
    role = {
        "allowedMemberTypes": ["User"], "description": "User", "displayName": "User",
        "id": ROLE, "isEnabled": True, "value": None,
    }
    common = {
        "appId": APP_ID, "displayName": "Engine",
        "applicationTemplateId": "8adf8e6e-67b2-4cf2-a259-e3dc5476c621",
        "signInAudience": "AzureADMyOrg", "appRoles": [role],
    }
    pairs = {"BaseAddress": address, "SecretToken": token, **dict(secrets)}
    pairs["SyncAll"] = "false" if assigned is not None else "true"
    return {
        "tenant": {"displayName": "Contoso", "defaultDomain": "contoso.com"},
        "users": list(users),
        "groups": list(groups),
        "applications": [{"id": APPLICATION, **common}],
        "servicePrincipals": [{
            "id": SERVICE_PRINCIPAL, **common, "appDisplayName": "Engine",
            "accountEnabled": True, "servicePrincipalType": "Application",
            "servicePrincipalNames": [APP_ID], "tags": [],
        }],
        "assignments": [
            {"principalId": one, "resourceId": SERVICE_PRINCIPAL, "appRoleId": ROLE}
            for one in assigned or ()
        ],
        "secrets": [{
            "servicePrincipalId": SERVICE_PRINCIPAL,
            "value": [{"key": key, "value": value} for key, value in pairs.items() if value],
        }],
        "jobs": [{"servicePrincipalId": SERVICE_PRINCIPAL, "templateId": "scim"}],
    }


class JobEmulator(Emulator):
    """An entrasync with the job of a seed, its clock standing still."""

    def __init__(self, document, directory, *options):
        path = directory / "seed.json"
        path.write_text(json.dumps(document))
        super().__init__("--seed", str(path), "--clock", "manual", *options)
        self.job = self.get(synchronization(SERVICE_PRINCIPAL, "jobs")).json["value"][0]["id"]
        self.path = synchronization(SERVICE_PRINCIPAL, "jobs", self.job)

    def do(self, method, path, content=None, status=(200, 201, 204)):
        """A request that must succeed; its JSON, if it has any."""
        answer = self.send(method, path, content)
        assert answer.status in status, f"{method} {path}: {answer.status} {answer.body[:800]!r}"
        return answer.json if answer.body else None

    def start(self):
        self.do("POST", self.path + "/start")

    def cycle(self, duration=INTERVAL):
        """Lets time pass; the job's status afterwards."""
        self.do("POST", "/_emulator/clock", {"advance": duration})
        return self.status()

    def status(self):
        return self.do("GET", self.path)["status"]

    def records(self, filter=None):
        """The provisioning log, oldest first."""
        path = "/v1.0/auditLogs/provisioning?$top=500"
        if filter:
            path += "&$filter=" + filter.replace(" ", "%20")
        return self.do("GET", path)["value"][::-1]

    def calls(self, clear=True):
        """The calls to the target since the last time, as the journal has them."""
        found = self.do("GET", "/_emulator/requests?direction=outbound&limit=2000")["value"]
        if clear:
            self.do("DELETE", "/_emulator/requests")
        return found

    def patch_user(self, number, **changes):
        self.do("PATCH", f"/v1.0/users/{user_id(number)}", changes)

    def on_demand(self, identifier, kind="User", members=()):
        """Provisions one object on demand: the answer's key and value, parsed."""
        subject = {"objectId": identifier, "objectTypeName": kind}
        if members:
            subject["links"] = {
                "members": [{"objectId": one, "objectTypeName": "User"} for one in members]
            }
        answer = self.do(
            "POST", self.path + "/provisionOnDemand",
            {"parameters": [{"ruleId": RULE, "subjects": [subject]}]},
        )
        return json.loads(answer["key"]), json.loads(answer["value"])


class Endpoint:
    """A SCIM endpoint of the test's own: keeps what it is sent, and can be told to misbehave.

    It understands what the provisioning service sends, and no more. `misbehave` is called with each
    request's handler first; when it returns true, it has answered.
    """

    def __init__(self):
        self.resources = {"Users": {}, "Groups": {}}
        self.requests = []
        self.misbehave = None
        self.lock = threading.Lock()
        self.made = 0
        endpoint = self

        class Handler(EndpointHandler):
            pass

        Handler.endpoint = endpoint
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/scim"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def named(self, kind, name):
        """The resources of a name."""
        attribute = {"Users": "userName", "Groups": "displayName"}[kind]
        return [r for r in self.resources[kind].values() if r.get(attribute) == name]


class EndpointHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def respond(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        self.content = json.loads(body) if body else None
        with self.endpoint.lock:
            self.endpoint.requests.append(
                (self.command, self.path, dict(self.headers), body.decode())
            )
        if self.endpoint.misbehave and self.endpoint.misbehave(self):
            return
        with self.endpoint.lock:
            answer = self.decide()
        self.answer(*answer)

    do_GET = do_POST = do_PATCH = do_DELETE = respond

    def decide(self):
        address = urlsplit(self.path)
        parts = address.path.split("/")
        kind = next(part for part in parts if part in self.endpoint.resources)
        resources = self.endpoint.resources[kind]
        identifier = unquote_plus(parts[-1]) if parts[-1] != kind else None
        if self.command == "POST":
            self.endpoint.made += 1
            made = {**self.content, "id": f"{kind[0].lower()}{self.endpoint.made}"}
            resources[made["id"]] = made
            return 201, made
        if identifier is None:
            return 200, self.listed(resources.values(), parse_qs(address.query))
        found = resources.get(identifier)
        if found is None:
            return 404, {"status": "404"}
        if self.command == "PATCH":
            for operation in self.content["Operations"]:
                apply(found, operation)
        if self.command == "DELETE":
            del resources[identifier]
            return 204, None
        return 200, found

    @staticmethod
    def listed(resources, query):
        clauses = query.get("filter", [""])[0].split(" and ")
        wanted = [clause.split(" eq ") for clause in clauses if clause]
        found = [
            resource for resource in resources
            if all(str(resource.get(name)).lower() == json.loads(value).lower()
                   for name, value in wanted)
        ]
        return {
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
            "totalResults": len(found), "startIndex": 1, "itemsPerPage": len(found),
            "Resources": found,
        }

    def answer(self, status, content, fields=()):
        body = json.dumps(content).encode() if content is not None else b""
        self.send_response(status)
        for name, value in fields:
            self.send_header(name, value)
        self.send_header("Content-Type", "application/scim+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def apply(resource, operation):
    """One operation of a PATCH, as far as the tests need it."""
    kind, path = operation["op"].lower(), operation.get("path")
    value = operation.get("value")
    if path is None:
        resource.update(value)
    elif path.startswith("members"):
        members = resource.setdefault("members", [])
        if kind == "add":
            known = {member["value"] for member in members}
            members += [{"value": m["value"]} for m in value if m["value"] not in known]
        else:
            gone = {m["value"] for m in value} if value else {path.split('"')[1]}
            resource["members"] = [m for m in members if m["value"] not in gone]
    elif kind == "remove":
        resource.pop(path, None)
    elif path == "active":
        resource[path] = value if isinstance(value, bool) else value == "True"
    elif path.startswith("name."):
        resource.setdefault("name", {})[path[5:]] = value
    else:
        resource[path] = value
