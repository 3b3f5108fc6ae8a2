#!/bin/sh
# entrasync in a shell script: start on a free port, wait, use a tenant, stop.
set -eu

program=${ENTRASYNC_BINARY:-entrasync}
folder=$(mktemp -d)
mkfifo "$folder/ready"
"$program" serve --port 0 --clock manual > "$folder/ready" &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$folder"' EXIT

# The one line on standard output comes when it accepts connections.
read -r _ _ url < "$folder/ready"

# A tenant of this script's own, made by naming it.
export ENTRASYNC_URL="$url/tenants/$(cat /proc/sys/kernel/random/uuid)"

"$program" clock --advance PT20M
"$program" snapshot save before
"$program" faults add 503-outage --path /v1.0/servicePrincipals
curl -s -o /dev/null -w '%{http_code}\n' "$ENTRASYNC_URL/v1.0/servicePrincipals"
"$program" snapshot restore before
curl -s -o /dev/null -w '%{http_code}\n' "$ENTRASYNC_URL/v1.0/servicePrincipals"
"$program" requests verify --method GET --path /v1.0/servicePrincipals --exactly 2
