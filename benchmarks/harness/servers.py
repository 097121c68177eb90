"""The database and the servers that are measured. Each binds the loopback, on a port that is free."""
import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

from .data import ISSUER
from .processes import Process, end_with_parent, free_port, run

BENCHMARKS = Path(__file__).resolve().parent.parent
PROJECT = BENCHMARKS.parent
BUILD = PROJECT / 'target' / 'quarkus-app'
DEPENDENCY_PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1'
PACKAGE = ['java', '-Xmx512m', '-jar', 'quarkus-run.jar']


class Database:
    """The one MONGODB names, or one in memory that ends with the run."""

    def __init__(self, work):
        self._classpath = _classpath(work)
        self.connection_string, self._server = os.environ.get('MONGODB'), None
        if not self.connection_string:
            log = work / 'database.log'
            self._server = Process('database', ['java', '-Xmx4g', '-cp', self._classpath, BENCHMARKS / 'database/Serve.java'], log)
            port = self._server.wait_for(lambda: re.search(r'^(\d+)$', log.read_text(errors='replace'), re.M))
            self.connection_string = f'mongodb://127.0.0.1:{port.group(1)}'

    def load(self, name, dataset):
        """Replaces what the database of that name holds."""
        loader = subprocess.Popen(
            ['java', '-cp', self._classpath, BENCHMARKS / 'database/Load.java', self.connection_string, name],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, preexec_fn=end_with_parent)
        try:
            for collection, document in dataset.documents():
                loader.stdin.write(f'{collection}\t{json.dumps(document)}\n')
        except BrokenPipeError:
            pass
        _, complaint = loader.communicate()
        if loader.returncode != 0:
            sys.exit(f'seeding failed:\n{complaint[-2000:]}')

    def cpu_seconds(self):
        """Of the server, where it is ours."""
        return self._server.cpu_seconds() if self._server else 0.0


class Server:
    """Something that answers GET /pbx/group/{id}."""

    def __init__(self, name, command, log, environment=None, port=None, management=None, cwd=None):
        self.name, self.port, self._management = name, port, management
        self.process = Process(name, command, log, environment, cwd)

    def wait_until_it_serves(self, path, token):
        """Until the first 200: before, a cold server on a busy machine may miss its own time limits."""
        def serves():
            try:
                return True if self.get(path, token)[0] == 200 else None
            except OSError:
                return None

        self.process.wait_for(serves, pause=0.005)
        return self

    def get(self, path, token, tag=None):
        """(status, entity tag, body)"""
        return self.ask(path, {'Authorization': f'Bearer {token}', **({'If-None-Match': tag} if tag else {})})

    def ask(self, path, headers):
        """(status, entity tag, body)"""
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=30)
        try:
            connection.request('GET', path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.getheader('ETag'), answer.read()
        finally:
            connection.close()

    def queries(self):
        """How many queries it has sent to the database, if it tells."""
        if not self._management:
            return None
        with urllib.request.urlopen(f'http://127.0.0.1:{self._management}/q/metrics', timeout=10) as answer:
            counts = re.findall(r'^pbx_lookup_queries_total\{.*\} (\S+)', answer.read().decode(), re.M)
        return sum(map(float, counts))


def service(work, database, issuer, name='service', collections='pbx', command=PACKAGE, folder=BUILD, settings=None):
    port, management = free_port(), free_port()
    environment = {
        'QUARKUS_HTTP_HOST': '127.0.0.1', 'QUARKUS_HTTP_PORT': str(port),
        'QUARKUS_MANAGEMENT_HOST': '127.0.0.1', 'QUARKUS_MANAGEMENT_PORT': str(management),
        'QUARKUS_MONGODB_CONNECTION_STRING': database.connection_string, 'QUARKUS_MONGODB_DATABASE': collections,
        'MP_JWT_VERIFY_PUBLICKEY': issuer.public.read_text(), 'MP_JWT_VERIFY_ISSUER': ISSUER,
        **(settings or {})}
    return Server(name, command, work / f'{name}.log', environment, port, management, cwd=folder)


def java_25():
    """A java that can make AOT caches: JAVA_25 names it, or it is in the usual place."""
    candidates = [os.environ.get('JAVA_25'), shutil.which('java'), *sorted(Path('/usr/lib/jvm').glob('*25*/bin/java'))]
    for java in filter(None, candidates):
        if int(re.search(r'version "(\d+)', version_of(java)).group(1)) >= 25:
            return java
    print('SKIP the image: no Java 25 found (JAVA_25=/path/to/java names one)', file=sys.stderr)
    return None


def version_of(java):
    return subprocess.run([java, '-version'], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout


def image(java):
    """What Dockerfile.jvm makes and starts, without the container: the folder with its AOT cache, and the command."""
    train, folder, made_of = PROJECT / 'src/main/docker/train-aot.sh', PROJECT / 'target/benchmarks/image', PROJECT / 'target/benchmarks/image.txt'
    state = f'{version_of(java)}{newest(BUILD, train)}'
    if not made_of.exists() or made_of.read_text() != state:
        print('making the AOT cache …', file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(BUILD, folder)
        run(['bash', train, folder], env={**os.environ, 'PATH': f'{Path(java).parent}:{os.environ["PATH"]}'})
        made_of.write_text(state)
    entry_point = json.loads(re.search(r'^ENTRYPOINT (.+)$', (PROJECT / 'Dockerfile.jvm').read_text(), re.M).group(1))
    memory = re.search(r'limits:.*?memory: (\d+)Mi', (PROJECT / 'k8s/base/deployment.yaml').read_text(), re.S).group(1)
    pod = [f'-XX:MaxRAM={memory}m']
    if not any(re.fullmatch(r'-XX:\+Use\w+GC', option) for option in entry_point):
        pod.append('-XX:+UseSerialGC')  # the JVM's choice in a container of less than 1,792 MB
    return folder, [java, *pod, *entry_point[1:]]


def ceiling(work, body):
    """A constant body on the service's HTTP stack and version."""
    here = BENCHMARKS / 'ceiling'
    jar = here / 'target/quarkus-app/quarkus-run.jar'
    if not jar.exists() or jar.stat().st_mtime < newest(here / 'pom.xml', here / 'src', PROJECT / 'pom.xml'):
        version = re.search(r'<quarkus\.version>(.+?)<', (PROJECT / 'pom.xml').read_text()).group(1)
        print('building the ceiling …', file=sys.stderr)
        run([PROJECT / 'mvnw', '-q', '-B', '-f', here / 'pom.xml', 'clean', 'package', f'-Dquarkus.version={version}'], cwd=PROJECT)
    port = free_port()
    environment = {'QUARKUS_HTTP_HOST': '127.0.0.1', 'QUARKUS_HTTP_PORT': str(port), 'CEILING_BODY': body}
    return Server('ceiling', ['java', '-Xmx512m', '-jar', jar], work / 'ceiling.log', environment, port)


def fastify(work, database, issuer):
    """The same read in Fastify; None where there is no Node.js."""
    here = BENCHMARKS / 'fastify'
    if not shutil.which('npm'):
        print('SKIP fastify: there is no npm on the path', file=sys.stderr)
        return None
    installed = here / 'node_modules/.package-lock.json'
    if not installed.exists() or installed.stat().st_mtime < newest(here / 'package-lock.json'):
        print('installing the Fastify peer …', file=sys.stderr)
        run(['npm', 'ci', '--no-audit', '--no-fund'], cwd=here)
    port = free_port()
    environment = {'DATABASE_URL': database.connection_string, 'PUBLIC_KEY': str(issuer.public), 'ISSUER': ISSUER, 'PORT': str(port),
                   'NODE_ENV': 'production'}
    return Server('fastify', ['node', here / 'peer.mjs'], work / 'fastify.log', environment, port)


def go(work, database, issuer):
    """The same read in Go; None where there is no Go."""
    here, binary = BENCHMARKS / 'go', PROJECT / 'target/benchmarks/go-peer'
    if not shutil.which('go'):
        print('SKIP Go: there is no go on the path', file=sys.stderr)
        return None
    run(['go', 'build', '-o', binary, '.'], cwd=here)
    port = free_port()
    environment = {'DATABASE_URL': database.connection_string, 'PUBLIC_KEY': str(issuer.public), 'ISSUER': ISSUER, 'PORT': str(port)}
    return Server('go', [binary], work / 'go.log', environment, port)


def newest(*paths):
    """When any of these files, or of the files in these folders, was last changed."""
    files = [file for path in paths for file in ([path] if path.is_file() else path.rglob('*'))]
    return max(file.stat().st_mtime for file in files)


def _classpath(work):
    """Of the project's own dependencies: the database in memory and the MongoDB driver are among them."""
    known = PROJECT / 'target/benchmarks/classpath'
    if not known.exists() or known.stat().st_mtime < newest(PROJECT / 'pom.xml'):
        known.parent.mkdir(parents=True, exist_ok=True)
        found = work / 'classpath'
        run([PROJECT / 'mvnw', '-q', '-B', f'{DEPENDENCY_PLUGIN}:build-classpath', f'-Dmdep.outputFile={found}', '-DincludeScope=test'],
            cwd=PROJECT)
        known.write_text(found.read_text())
    return known.read_text()
