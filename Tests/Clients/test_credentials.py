"""Credentials that clients make, certificates, ownership, users: what opens, and what is refused how."""

import base64
import datetime
import json
import socket
import ssl

import msal
import pytest
import requests
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import CertificateCredential, ClientSecretCredential
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from emulator import SALESFORCE, SALESFORCE_3, SANDBOX, Emulator, synchronization
from test_identity import FULL, SCOPE, TENANT, SecureEmulator, secure  # noqa: F401

OWNER = ("d5c3f218-7e90-4ab6-b14d-f68a2c0e9d57", "demo-owner-secret")
SIGNED = "00000000-aaaa-4000-8000-000000000001"


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def claims(token):
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def call(secure, token, method, path, content=None, status=None):
    answer = secure.send(method, path, content, bearer(token))
    assert status is None or answer.status == status, f"{method} {path}: {answer.status} {answer.body[:400]}"
    return answer.json if answer.body else None


def login(secure, client):
    return ClientSecretCredential(
        TENANT, *client, authority=secure.secure, disable_instance_discovery=True
    ).get_token(SCOPE)


def test_a_secret_that_a_client_made_opens_until_it_ends(secure):
    """The life of a secret, by an unmodified azure-identity."""
    admin = secure.token(FULL)
    application = call(secure, admin, "POST", "/v1.0/applications", {"displayName": "Made"}, 201)
    app = application["appId"]
    principal = call(secure, admin, "POST", "/v1.0/servicePrincipals", {"appId": app}, 201)["id"]
    now = secure.send("GET", "/_emulator/clock").json["now"]
    ends = datetime.datetime.fromisoformat(now.split(".")[0].rstrip("Z")) + datetime.timedelta(days=2)
    wanted = {"passwordCredential": {"displayName": "ci", "endDateTime": ends.isoformat() + "Z"}}
    path = f"/v1.0/applications/{application['id']}"
    made = call(secure, admin, "POST", f"{path}/addPassword", wanted, 200)
    token = login(secure, (app, made["secretText"])).token
    assert claims(token)["appid"] == app and "roles" not in claims(token)
    # Nothing was granted yet; the refusal is the synchronization service's.
    jobs = synchronization(SANDBOX, "jobs")
    refused = secure.send("GET", jobs, headers=bearer(token))
    assert (refused.status, refused.json["error"]["code"], refused.json["error"]["message"]) == (401, "UnknownError", "")
    assert secure.send("GET", "/v1.0/users", headers=bearer(token)).status == 403
    graph = call(secure, admin, "GET", "/v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')", status=200)
    role = next(role["id"] for role in graph["appRoles"] if role["value"] == "Synchronization.Read.All")
    grant = {"principalId": principal, "resourceId": graph["id"], "appRoleId": role}
    call(secure, admin, "POST", f"/v1.0/servicePrincipals/{principal}/appRoleAssignments", grant, 201)
    token = login(secure, (app, made["secretText"])).token
    assert claims(token)["roles"] == ["Synchronization.Read.All"]
    assert secure.send("GET", jobs, headers=bearer(token)).status == 200
    # A second secret, of the service principal; then the first one ends, and the second is removed.
    second = call(secure, admin, "POST", f"/v1.0/servicePrincipals/{principal}/addPassword", {}, 200)
    login(secure, (app, second["secretText"]))
    assert secure.send("POST", "/_emulator/clock", {"advance": "P3D"}).status == 200
    with pytest.raises(ClientAuthenticationError, match="AADSTS7000222.*expired"):
        login(secure, (app, made["secretText"]))
    admin = secure.token(FULL)
    path = f"/v1.0/servicePrincipals/{principal}/removePassword"
    call(secure, admin, "POST", path, {"keyId": second["keyId"]}, 204)
    with pytest.raises(ClientAuthenticationError, match="AADSTS7000215"):
        login(secure, (app, second["secretText"]))
    # A deleted application is none.
    call(secure, admin, "DELETE", f"/v1.0/applications/{application['id']}", status=204)
    with pytest.raises(ClientAuthenticationError, match="AADSTS700016"):
        login(secure, (app, made["secretText"]))


def certificate(folder):
    """A key and its certificate, as PEM in one file."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "automation")])
    begins = datetime.datetime(2025, 1, 1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(begins)
        .not_valid_after(begins + datetime.timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "automation.pem"
    path.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return path, pem, made


@pytest.fixture
def signed(tmp_path, monkeypatch):
    """An emulator that knows an application by its certificate, and the certificate."""
    path, pem, made = certificate(tmp_path)
    der = base64.b64encode(made.public_bytes(serialization.Encoding.DER)).decode()
    names = {"appId": SIGNED, "displayName": "Signed"}
    credential = {"type": "AsymmetricX509Cert", "usage": "Verify", "key": der}
    seed = {
        "applications": [{"id": SIGNED.replace("1", "2"), "keyCredentials": [credential], **names}],
        "servicePrincipals": [{"id": SIGNED.replace("1", "3"), **names}],
        "clients": [{"permissions": ["Synchronization.Read.All"], **names}],
    }
    file = tmp_path / "seed.json"
    file.write_text(json.dumps(seed))
    running = SecureEmulator(tmp_path, "--seed", "demo", "--seed", str(file))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(running.ca))
    yield running, path, pem, made
    assert running.stop() == 0, running.errors()


def test_a_certificate_opens(signed):
    secure, path, pem, made = signed
    credential = CertificateCredential(
        TENANT, SIGNED, str(path), authority=secure.secure, disable_instance_discovery=True
    )
    token = credential.get_token(SCOPE).token
    assert claims(token)["appidacr"] == "2"
    assert secure.send("GET", synchronization(SANDBOX, "jobs"), headers=bearer(token)).status == 200
    app = msal.ConfidentialClientApplication(
        SIGNED,
        authority=f"{secure.secure}/{TENANT}",
        instance_discovery=False,
        client_credential={
            "private_key": pem.decode(),
            "public_certificate": made.public_bytes(serialization.Encoding.PEM).decode(),
            "thumbprint": made.fingerprint(hashes.SHA1()).hex(),
        },
    )
    answer = app.acquire_token_for_client([SCOPE])
    assert claims(answer["access_token"])["roles"] == ["Synchronization.Read.All"]


def test_another_certificate_does_not(signed, tmp_path_factory):
    secure = signed[0]
    other = certificate(tmp_path_factory.mktemp("other"))[0]
    credential = CertificateCredential(
        TENANT, SIGNED, str(other), authority=secure.secure, disable_instance_discovery=True
    )
    with pytest.raises(ClientAuthenticationError, match="AADSTS700027"):
        credential.get_token(SCOPE)


@pytest.mark.parametrize(
    "options",
    [
        {"authority": "{url}/{tenant}", "instance_discovery": "{url}/common/discovery/instance"},
        {"oidc_authority": "{url}/{tenant}/v2.0"},
    ],
    ids=["own instance discovery", "OIDC authority"],
)
def test_msal_needs_no_discovery_turned_off(secure, options):
    """MSAL asks login.microsoftonline.com about hosts that it does not know, unless told where else to ask."""
    filled = {name: text.format(url=secure.secure, tenant=TENANT) for name, text in options.items()}
    app = msal.ConfidentialClientApplication(FULL[0], client_credential=FULL[1], **filled)
    answer = app.acquire_token_for_client([SCOPE])
    assert "access_token" in answer, answer
    assert app.acquire_token_for_client([SCOPE])["token_source"] == "cache"


def test_instance_discovery_names_the_emulator(secure):
    answer = requests.get(
        f"{secure.secure}/common/discovery/instance",
        params={"api-version": "1.1", "authorization_endpoint": f"{secure.secure}/{TENANT}/oauth2/v2.0/authorize"},
    ).json()
    host = secure.secure.removeprefix("https://")
    assert answer["tenant_discovery_endpoint"] == f"{secure.secure}/{TENANT}/v2.0/.well-known/openid-configuration"
    assert host in answer["metadata"][0]["aliases"]
    found = requests.get(answer["tenant_discovery_endpoint"]).json()
    keys = requests.get(found["jwks_uri"]).json()["keys"]
    assert found["token_endpoint"].startswith(secure.secure) and keys[0]["kty"] == "RSA"


def test_owned_by_means_ownership(secure):
    token = secure.token(OWNER)
    own, other = SALESFORCE_3[0], SALESFORCE[0]
    made = call(secure, token, "POST", synchronization(own, "jobs"), {"templateId": "SfSandboxOutDelta"}, 201)
    call(secure, token, "POST", synchronization(own, "jobs", made["id"], "start"), status=204)
    for method, path in [("GET", "jobs"), ("POST", "jobs"), ("PUT", "secrets")]:
        refused = secure.send(method, synchronization(other, path), {"templateId": "x"} if method != "GET" else None, bearer(token))
        assert (refused.status, refused.json["error"]["code"]) == (401, "UnknownError")
    call(secure, token, "PATCH", f"/v1.0/servicePrincipals/{own}", {"notes": "mine"}, 204)
    refused = secure.send("PATCH", f"/v1.0/servicePrincipals/{other}", {"notes": "mine"}, bearer(token))
    assert (refused.status, refused.json["error"]["code"]) == (403, "Authorization_RequestDenied")
    # It may list all of them, and owns what it makes.
    assert len(call(secure, token, "GET", "/v1.0/servicePrincipals", status=200)["value"]) > 10
    made = call(secure, token, "POST", "/v1.0/applications", {"displayName": "Own"}, 201)
    call(secure, token, "POST", f"/v1.0/applications/{made['id']}/addPassword", {}, 200)
    owners = call(secure, token, "GET", f"/v1.0/applications/{made['id']}/owners", status=200)["value"]
    assert [owner["displayName"] for owner in owners] == ["Contoso app owner"]
    principal = call(secure, token, "POST", "/v1.0/servicePrincipals", {"appId": made["appId"]}, 201)
    call(secure, token, "GET", synchronization(principal["id"], "jobs"), status=200)
    call(secure, token, "DELETE", f"/v1.0/applications/{made['id']}", status=204)


def user_token(secure, name, scope, password="demo-password"):
    return requests.post(
        f"{secure.secure}/{TENANT}/oauth2/v2.0/token",
        data={"grant_type": "password", "client_id": FULL[0], "username": name, "password": password, "scope": scope},
    )


def test_a_user_needs_a_scope_and_a_role(secure):
    write = "https://graph.microsoft.com/Synchronization.ReadWrite.All"
    start = synchronization(SANDBOX, "jobs") + "/SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa/start"
    administrator = user_token(secure, "tyrell.booker@contoso.com", write).json()["access_token"]
    found = claims(administrator)
    assert found["scp"] == "Synchronization.ReadWrite.All"
    assert "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3" in found["wids"] and found["idtyp"] == "user"
    call(secure, administrator, "POST", start, status=204)
    # The role without the scope, and the scope without the role.
    for name, scope in [("tyrell.booker@contoso.com", "User.Read"), ("samuel.okonjo@contoso.com", write)]:
        token = user_token(secure, name, scope).json()["access_token"]
        refused = secure.send("POST", start, headers=bearer(token))
        assert (refused.status, refused.json["error"]["code"]) == (401, "UnknownError")
    wrong = user_token(secure, "tyrell.booker@contoso.com", write, "wrong")
    assert (wrong.status_code, wrong.json()["error"], wrong.json()["error_codes"]) == (400, "invalid_grant", [50126])
    assert {"error_description", "timestamp", "trace_id", "correlation_id", "error_uri"} <= set(wrong.json())


def can_bind(port):
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


@pytest.mark.skipif(not can_bind(443), reason="MSAL asks for a user's realm on port 443, which is not free here")
def test_msal_signs_a_user_in_on_the_usual_port(tmp_path, monkeypatch):
    secure = SecureEmulator(tmp_path, "--tls-port", "443")
    try:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(secure.ca))
        app = msal.PublicClientApplication(
            FULL[0], authority=f"https://localhost/{TENANT}", instance_discovery=False
        )
        answer = app.acquire_token_by_username_password(
            "ingrid.halvorsen@contoso.com", "demo-password", ["https://graph.microsoft.com/User.Read"]
        )
        assert claims(answer["access_token"])["scp"] == "User.Read", answer
    finally:
        assert secure.stop() == 0


def test_own_certificate_serves_and_there_is_no_authority(tmp_path):
    path, pem, made = certificate(tmp_path)
    (tmp_path / "key.pem").write_bytes(pem)
    (tmp_path / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    running = Emulator("--cert", str(tmp_path / "cert.pem"), "--key", str(tmp_path / "key.pem"))
    try:
        port = int(running.ready_line.rsplit(":", 1)[1])
        shown = ssl.get_server_certificate(("127.0.0.1", port))
        assert shown == made.public_bytes(serialization.Encoding.PEM).decode()
        # Both ports are open at once.
        running.get("/v1.0/users?$top=1")
        missing = running.send("GET", "/_emulator/ca.pem")
        assert missing.status == 404 and "--tls" in missing.json["error"]["message"]
    finally:
        assert running.stop() == 0
