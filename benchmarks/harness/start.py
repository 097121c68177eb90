"""How long a start takes, until the first authenticated 200, and what is resident then: plain, and with an AOT cache."""
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from .servers import BUILD, service


def java_25():
    """A java that can make AOT caches: JAVA_25 names it, or it lies in the usual place."""
    candidates = [os.environ.get('JAVA_25'), shutil.which('java'), *sorted(Path('/usr/lib/jvm').glob('*25*/bin/java'))]
    for java in filter(None, candidates):
        version = subprocess.run([java, '-version'], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout
        if 'version "' in version and int(version.split('version "')[1].split('.')[0].split('"')[0]) >= 25:
            return str(java)
    return None


def first_answer(work, database, issuer, path, token, name, java, options, folder):
    """Starts a service, waits for its first 200, stops it."""
    began = time.monotonic()
    server = service(work, database, issuer, name, java=java, options=options, folder=folder).wait_until_it_serves(path, token)
    figures = {'first_answer_s': time.monotonic() - began, 'rss_mb': server.process.rss_megabytes()}
    server.process.stop()
    return figures


def train(server, path, token):
    """Does what the cache shall remember. The cache is written when the service ends."""
    server.wait_until_it_serves(path, token)
    for _ in range(200):
        server.get(path, token)
    server.process.stop(seconds=300)


def measure(work, database, issuer, path, token, rounds, progress):
    """The rounds of each way to start, in turn."""
    ways = {'java': ('java', [], BUILD)}
    newer = java_25()
    if newer:
        # The cache goes with the jars' own path and times, so it is made of a copy that stays as it is.
        copy = work / 'quarkus-app'
        shutil.copytree(BUILD, copy)
        cache = work / 'service.aot'
        progress('making an AOT cache')
        train(service(work, database, issuer, 'training', java=newer, options=[f'-XX:AOTCacheOutput={cache}'], folder=copy), path, token)
        if not cache.exists():
            sys.exit(f'no AOT cache was made; see {work}/training.log')
        ways['java 25'] = (newer, [], copy)
        ways['java 25, AOT cache'] = (newer, [f'-XX:AOTCache={cache}'], copy)
    else:
        print('SKIP the AOT cache: no Java 25 found (JAVA_25=/path/to/java names one)', file=sys.stderr)
    measured = {f'start, {way}': [] for way in ways}
    for number in range(rounds):
        for way, (java, options, folder) in ways.items():
            progress(f'round {number + 1} of {rounds}: start, {way}')
            measured[f'start, {way}'].append(first_answer(work, database, issuer, path, token, 'start', java, options, folder))
    return measured
