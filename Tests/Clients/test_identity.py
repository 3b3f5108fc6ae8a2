"""Unmodified clients log in over TLS, and are let do what their permissions say."""

import asyncio
import re
import subprocess

import msal
import pytest
import requests
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import ClientSecretCredential
from kiota_abstractions.api_error import APIError
from kiota_authentication_azure.azure_identity_authentication_provider import (
    AzureIdentityAuthenticationProvider,
)
from msgraph import GraphRequestAdapter, GraphServiceClient

from emulator import SANDBOX, SANDBOX_JOB, Emulator, binary, clean_environment, synchronization

TENANT = "00000000-0000-0000-0000-00000000c0de"
FULL = ("b1d4c7a0-5f2e-4c36-9d81-6a07e3f25c10", "demo-automation-secret")
READER = ("4e8a90d3-b6c1-4f27-a5de-0c92f71b3846", "demo-reader-secret")
SCOPE = "https://graph.microsoft.com/.default"


class SecureEmulator(Emulator):
    """An emulator in strict mode with a TLS port, and its authority's certificate in a file."""

    def __init__(self, folder, *options):
        super().__init__("--tls", "--auth", "strict", "--clock", "manual", *options)
        self.secure_port = int(re.search(r" https://127\.0\.0\.1:(\d+)", self.ready_line)[1])
        self.secure = f"https://localhost:{self.secure_port}"
        self.ca = folder / "ca.pem"
        result = subprocess.run(
            [binary(), "trust", "--url", self.url, "--output", str(self.ca)],
            env=clean_environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        assert f"curl --cacert {self.ca} {self.secure}/" in result.stdout
        for line in result.stdout.splitlines():
            assert "   -keystore" not in line.strip() or line.rstrip().endswith("changeit"), line

    def token(self, client):
        """A token, asked for by a form and nothing else."""
        answer = requests.post(
            f"{self.secure}/{TENANT}/oauth2/v2.0/token",
            data={
                "grant_type": "client_credentials",
                "client_id": client[0],
                "client_secret": client[1],
                "scope": SCOPE,
            },
            verify=str(self.ca),
        )
        assert answer.status_code == 200, answer.text
        return answer.json()["access_token"]


@pytest.fixture
def secure(tmp_path, monkeypatch):
    running = SecureEmulator(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(running.ca))
    monkeypatch.setenv("SSL_CERT_FILE", str(running.ca))
    yield running
    assert running.stop() == 0, running.errors()


def credential(secure, client):
    """Discovery of the instance asks Microsoft's own servers for any other host, so it is off."""
    return ClientSecretCredential(
        TENANT, *client, authority=secure.secure, disable_instance_discovery=True
    )


def graph(secure, client):
    provider = AzureIdentityAuthenticationProvider(
        credential(secure, client), scopes=[SCOPE], allowed_hosts=["localhost"]
    )
    adapter = GraphRequestAdapter(provider)
    adapter.base_url = f"{secure.secure}/v1.0"
    return GraphServiceClient(request_adapter=adapter)


def job(client):
    jobs = client.service_principals.by_service_principal_id(SANDBOX).synchronization.jobs
    return jobs.by_synchronization_job_id(SANDBOX_JOB)


def test_the_sdk_works_with_a_token_of_azure_identity(secure):
    async def run():
        request = job(graph(secure, FULL))
        await request.start.post()
        return await request.get()

    found = asyncio.run(run())
    assert found.id == SANDBOX_JOB
    assert str(found.schedule.state.value) == "Active"


def test_a_reader_is_refused_a_write_as_the_service_does(secure):
    async def run():
        request = job(graph(secure, READER))
        assert (await request.get()).id == SANDBOX_JOB
        with pytest.raises(APIError) as refusal:
            await request.start.post()
        return refusal.value

    error = asyncio.run(run())
    assert error.response_status_code == 401
    assert error.error.code == "UnknownError"
    assert error.error.message == ""


def test_msal_gets_a_token(secure):
    app = msal.ConfidentialClientApplication(
        FULL[0],
        client_credential=FULL[1],
        authority=f"{secure.secure}/{TENANT}",
        instance_discovery=False,
    )
    answer = app.acquire_token_for_client([SCOPE])
    assert "access_token" in answer, answer
    path = synchronization(SANDBOX, "jobs")
    fields = {"Authorization": f"Bearer {answer['access_token']}"}
    assert secure.send("GET", path, headers=fields).status == 200


def test_a_user_signs_in(secure):
    """By a form: MSAL asks for a user's realm on port 443, whatever port the authority has."""
    answer = requests.post(
        f"{secure.secure}/{TENANT}/oauth2/v2.0/token",
        data={
            "grant_type": "password",
            "client_id": FULL[0],
            "username": "ingrid.halvorsen@contoso.com",
            "password": "demo-password",
            "scope": "https://graph.microsoft.com/Synchronization.ReadWrite.All",
        },
    )
    assert answer.status_code == 200, answer.text
    path = synchronization(SANDBOX, "jobs", SANDBOX_JOB, "start")
    fields = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    assert secure.send("POST", path, headers=fields).status == 204


def test_a_wrong_secret_is_refused_by_number(secure):
    with pytest.raises(ClientAuthenticationError, match="AADSTS7000215"):
        credential(secure, (FULL[0], "wrong")).get_token(SCOPE)


def test_a_token_expires_with_the_clock(secure):
    path = synchronization(SANDBOX, "jobs")
    fields = {"Authorization": f"Bearer {secure.token(FULL)}"}
    assert secure.send("GET", path, headers=fields).status == 200
    assert secure.send("POST", "/_emulator/clock", {"advance": "PT1H"}).status == 200
    refused = secure.send("GET", path, headers=fields)
    assert refused.status == 401
    assert refused.json["error"]["code"] == "InvalidAuthenticationToken"
    fields = {"Authorization": f"Bearer {secure.token(FULL)}"}
    assert secure.send("GET", path, headers=fields).status == 200


def test_curl_trusts_the_authority(secure):
    url = f"https://127.0.0.1:{secure.secure_port}{synchronization(SANDBOX, 'jobs')}"
    command = ["curl", "-sS", "-g", "-H", f"Authorization: Bearer {secure.token(READER)}", url]
    environment = clean_environment()
    for name in ("SSL_CERT_FILE", "CURL_CA_BUNDLE"):
        environment.pop(name, None)
    trusted = subprocess.run(
        [*command, "--cacert", str(secure.ca)], env=environment, capture_output=True, text=True
    )
    assert trusted.returncode == 0, trusted.stderr
    assert '"value"' in trusted.stdout
    assert subprocess.run(command, env=environment, capture_output=True).returncode == 60


def test_links_stay_on_tls(secure):
    answer = requests.get(
        f"{secure.secure}/v1.0/servicePrincipals?$top=1",
        headers={"Authorization": f"Bearer {secure.token(READER)}"},
    )
    assert answer.json()["@odata.nextLink"].startswith(f"{secure.secure}/v1.0/servicePrincipals?")


def test_the_authority_is_kept_with_the_data(tmp_path):
    certificates = []
    for run in ("one", "two"):
        folder = tmp_path / run
        folder.mkdir()
        running = SecureEmulator(folder, "--data", str(tmp_path / "data"))
        certificates.append(running.ca.read_bytes())
        assert running.stop() == 0
    assert certificates[0] == certificates[1]
    keys = tmp_path / "data" / "keys"
    assert {oct(path.stat().st_mode & 0o777) for path in keys.iterdir()} == {"0o600"}
