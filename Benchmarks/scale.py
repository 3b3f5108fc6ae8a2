"""`make bench`: what reads of the directory cost with 1,000 and with 100,000 users, side by side.

Two servers are up at once; each row's requests alternate between them, one connection each, and a
row is the medians of their times and the ratio of the two. Requests carry `ConsistencyLevel:
eventual`, so that no answer comes from the cache. Prints one Markdown table on standard output.
"""

import argparse
import http.client
import json
import random
import statistics
import sys
import time

from servers import BenchError, Server

SIZES = (1_000, 100_000)
HEADERS = {"ConsistencyLevel": "eventual", "Authorization": "Bearer demo"}
USERS = "/v1.0/users"


class Client:
    """One kept-alive connection to a server of so many users."""

    def __init__(self, server: Server, size: int):
        self.size = size
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port)
        self.delta_link = self.path_of(
            self.get("/v1.0/users/delta?$deltatoken=latest")["@odata.deltaLink"]
        )
        # A link of the server's own, so that the token is whatever it wants it to be.
        page = self.path_of(self.get(f"{USERS}?$top=100")["@odata.nextLink"])
        last = self.last_number(page)
        self.deep_page = page.replace(f"m~{last}", "m~" + base36(int(size * 0.9)))

    @staticmethod
    def path_of(link: str) -> str:
        return "/" + link.split("/", 3)[3]

    @staticmethod
    def last_number(link: str) -> str:
        return link.rpartition("m~")[2]

    def get(self, path: str):
        self.connection.request("GET", path, headers=HEADERS)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise BenchError(f"{path} answers {answer.status}: {body[:200]!r}")
        return json.loads(body)

    def timed(self, path: str) -> float:
        begun = time.perf_counter()
        self.connection.request("GET", path, headers=HEADERS)
        answer = self.connection.getresponse()
        answer.read()
        taken = time.perf_counter() - begun
        if answer.status != 200:
            raise BenchError(f"{path} answers {answer.status}")
        return taken * 1e3


def base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits or "0"


def user(client: Client) -> str:
    return f"user{random.randrange(client.size)}@load.contoso.com"


ROWS = {
    "filter by userPrincipalName": lambda c: f"{USERS}?$filter=userPrincipalName%20eq%20'{user(c)}'",
    "filter by startswith(displayName), page of 100": lambda c: (
        f"{USERS}?$filter=startswith(displayName,'Ada')"
    ),
    "filter by department, page of 100": lambda c: f"{USERS}?$filter=department%20eq%20'Sales'",
    "first page of 100": lambda c: f"{USERS}?$top=100",
    "page of 100 at nine tenths": lambda c: c.deep_page,
    "first page of 100, sorted by displayName": lambda c: f"{USERS}?$top=100&$orderby=displayName",
    "$count": lambda c: f"{USERS}/$count",
    "$count of a filter (department)": lambda c: f"{USERS}/$count?$filter=department%20eq%20'Sales'",
    "delta without changes": lambda c: c.delta_link,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--rounds", type=int, default=150)
    # What the other bench takes is none of this one's.
    options, _ = parser.parse_known_args()
    servers: list[Server] = []
    try:
        clients = []
        for size in SIZES:
            command = [options.binary, "serve", "--port", "0", "--seed", f"load:{size}"]
            begun = time.perf_counter()
            server = Server(f"load:{size}", command, USERS).start()
            servers.append(server)
            clients.append(Client(server, size))
            seconds = time.perf_counter() - begun
            print(f"scale: load:{size} is served after {seconds:.1f} s", file=sys.stderr)
        print("| read | 1,000 users, ms | 100,000 users, ms | growth |")
        print("|---|---|---|---|")
        for name, path in ROWS.items():
            times: list[list[float]] = [[] for _ in clients]
            for turn in range(options.rounds):
                order = list(enumerate(clients))
                for index, client in order if turn % 2 == 0 else reversed(order):
                    times[index].append(client.timed(path(client)))
            small, large = (statistics.median(sample) for sample in times)
            print(f"| {name} | {small:.2f} | {large:.2f} | {large / small:.1f} |")
    finally:
        for server in servers:
            server.stop()


if __name__ == "__main__":
    main()
