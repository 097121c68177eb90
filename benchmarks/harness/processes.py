"""Starts processes, tells what they cost, and ends them, however this program ends."""
import ctypes
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import time

TICKS = os.sysconf('SC_CLK_TCK')
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)
_running = []


def prepare():
    """From here on every exit ends the children; and a thousand connections are not too many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, frame: sys.exit(128 + number))


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def end_with_parent():
    """For a child to call before it begins: it is killed when its parent dies, however that happens."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


class Process:
    """A process that runs until it is stopped. Its output goes to a file."""

    def __init__(self, name, command, log, environment=None, cwd=None):
        self.name, self.log = name, log
        with open(log, 'wb') as output:
            self._child = subprocess.Popen(
                command, env={**os.environ, **(environment or {})}, cwd=cwd, stdin=subprocess.DEVNULL,
                stdout=output, stderr=subprocess.STDOUT, preexec_fn=end_with_parent)
        _running.append(self)

    def wait_for(self, condition, seconds=180, pause=0.05):
        """The condition's first answer that is not None."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            answer = condition()
            if answer is not None:
                return answer
            if self._child.poll() is not None:
                break
            time.sleep(pause)
        with open(self.log, errors='replace') as output:
            sys.exit(f'{self.name} did not start:\n{output.read()[-2000:]}')

    def cpu_seconds(self):
        with open(f'/proc/{self._child.pid}/stat') as stat:
            fields = stat.read().rsplit(')', 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def rss_megabytes(self):
        with open(f'/proc/{self._child.pid}/status') as status:
            return int(re.search(r'VmRSS:\s+(\d+)', status.read()).group(1)) / 1024

    def stop(self, seconds=30):
        if self in _running:
            _running.remove(self)
        self._child.terminate()
        try:
            self._child.wait(seconds)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()


def stop_all():
    for process in reversed(_running[:]):
        process.stop()


def run(command, **options):
    """Runs a command to its end; what it says is shown if it fails."""
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, preexec_fn=end_with_parent, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command[:4])} … failed:\n{done.stdout[-3000:]}")
    return done.stdout
