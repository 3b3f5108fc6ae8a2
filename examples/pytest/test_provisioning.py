"""What a test of provisioning automation looks like."""

import urllib.error

import pytest

SANDBOX = "60443998-8cf7-4e61-b05c-a53b658cb5e1"
JOBS = f"/v1.0/servicePrincipals/{SANDBOX}/synchronization/jobs"


def test_a_job_runs_on_schedule(tenant):
    ran = tenant.advance("PT20M")["ran"]
    assert any(run["jobId"].startswith("SfSandboxOutDelta") for run in ran)


def test_tenants_do_not_meet(tenant):
    assert tenant.call("GET", "/_emulator/clock")["now"] is not None
    assert tenant.call("GET", "/_emulator/requests")["value"] == []


def test_throttling_is_survived(tenant):
    fault = {"match": {"path": JOBS}, "effect": {"status": 429, "retryAfter": 5}, "count": 1}
    tenant.call("POST", "/_emulator/faults", fault)
    with pytest.raises(urllib.error.HTTPError) as refused:
        tenant.call("GET", JOBS)
    assert refused.value.code == 429
    tenant.advance(f"PT{refused.value.headers['Retry-After']}S")
    assert tenant.call("GET", JOBS)["value"]
    tenant.call(
        "POST", "/_emulator/requests/verify", {"method": "GET", "path": JOBS, "exactly": 2}
    )
