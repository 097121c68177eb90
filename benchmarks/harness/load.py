"""Asks a server the same kind of question for some seconds, and tells what that cost it."""
import json
import os
import random
import re
import subprocess
import sys
from dataclasses import dataclass
from statistics import median

from .processes import run
from .servers import BENCHMARKS, Server

REQUESTS = 5000
# Connections, and how many requests a second they send together; 0 is without pause.
LOADS = {'300/s': (64, 300), '1,500/s': (64, 1500), '1 client': (1, 0), '4 clients': (4, 0), '32 clients': (32, 0)}


@dataclass
class Case:
    """One kind of question to one server."""
    name: str
    server: Server
    paths: list
    tokens: list
    expected: int = 200
    clients: int = 32
    rate: float = 0
    tags: dict = None

    def write_requests(self, work):
        shuffled = random.Random(1)
        tags = self.tags or {}
        self.file = work / f'{re.sub("[^a-z0-9]+", "-", self.name.lower())}.requests'
        paths = [shuffled.choice(self.paths) for _ in range(REQUESTS)]
        self.file.write_text(''.join(f'{path}\t{shuffled.choice(self.tokens)}\t{tags.get(path, "")}\n' for path in paths))

    def must_answer(self, want_body):
        """Stops the run unless the server answers such a question rightly."""
        for path in (self.paths[0], self.paths[-1]):
            tag = (self.tags or {}).get(path)
            for _ in range(10):  # a cold server on a busy machine may miss its own time limits at first
                status, _, body = self.server.get(path, self.tokens[0], tag)
                if status < 500:
                    break
            wanted = want_body(path)
            right = body == (b'' if wanted is None else json.dumps(wanted, ensure_ascii=False, separators=(',', ':')).encode())
            if status != self.expected or not right:
                sys.exit(f'{self.name}: {self.server.name} answers {path} wrongly: {status} {body[:1000]!r}\n'
                         f'expected: {self.expected} {str(wanted)[:1000]}')

    def warm_up(self, requests, clients):
        """Lets the server compile what it is about to be measured with. Wrong answers do not count: a cold server may miss its time limits."""
        self._wrk(clients, 3600, limit=requests)

    def _wrk(self, clients, seconds, pause=0.0, limit=0):
        return run(
            ['wrk', '-t1', f'-c{clients}', f'-d{seconds}s', '--timeout', '10s', '-s', BENCHMARKS / 'load.lua',
             f'http://127.0.0.1:{self.server.port}'],
            env={**os.environ, 'REQUESTS': str(self.file), 'EXPECT': str(self.expected), 'PAUSE': str(pause), 'LIMIT': str(limit)})

    def measure(self, seconds, database):
        """What one request costs, and how long it takes. Stops the run if any answer is not the expected one."""
        queries = self.server.queries()
        service, store = self.server.process.cpu_seconds(), database.cpu_seconds()
        said = self._wrk(self.clients, seconds, self.clients / self.rate * 1000 if self.rate else 0)
        service, store = self.server.process.cpu_seconds() - service, database.cpu_seconds() - store
        result = json.loads(re.search(r'^RESULT (.*)$', said, re.M).group(1))
        requests = result['requests']
        if result['failed'] or not requests:
            sys.exit(f"{self.name}: {result['failed']} failures beside {requests} answers of {self.server.name}, where {self.expected} was "
                     f'expected; see {self.server.process.log}')
        sent = self.server.queries()
        return {
            'cpu_us': service / requests * 1e6,
            'database_us': store / requests * 1e6,
            'requests_per_second': requests / result['micros'] * 1e6,
            'p50_ms': result['p50'] / 1000, 'p99_ms': result['p99'] / 1000,
            'rss_mb': self.server.process.rss_megabytes(),
            'queries_per_request': None if sent is None else (sent - queries) / requests}


def in_turn(cases, rounds, seconds, database, progress):
    """The rounds of each case by name: a round measures every case once, so that what the machine does meanwhile meets them all."""
    measured = {case.name: [] for case in cases}
    for number in range(rounds):
        for case in cases if number % 2 == 0 else reversed(cases):
            progress(f'round {number + 1} of {rounds}: {case.name}')
            measured[case.name].append(case.measure(seconds, database))
    return measured


def middle(rounds):
    """The median of each figure."""
    return {figure: None if rounds[0][figure] is None else median(one[figure] for one in rounds) for figure in rounds[0]}


def ratio(measured, name, to, figure='cpu_us'):
    """(median, least, greatest) of the ratios round by round."""
    each = sorted(one[figure] / other[figure] for one, other in zip(measured[name], measured[to]) if other[figure])
    return {'median': median(each), 'least': each[0], 'greatest': each[-1]}
