"""What was found: ratios first, then what they are made of; as a table, as JSON and as a picture."""
import json
import os
import platform
import re
import subprocess
from dataclasses import asdict, dataclass
from datetime import datetime, timezone

from .figures import Panel, draw
from .load import middle, ratio
from .servers import BENCHMARKS, PROJECT


@dataclass
class Finding:
    """A ratio, its spread over the rounds, and the goal it is held against."""
    name: str
    median: float
    least: float
    greatest: float
    goal: str = ''

    def line(self):
        spread = '' if self.least == self.greatest else f'{self.least:.2f}–{self.greatest:.2f}'
        return f'{self.name:<58}{self.median:>8.2f}  {spread:<16}{self.goal}'


class Report:

    def __init__(self, command):
        self.context = {
            'machine': f'{os.cpu_count()} cores, {_cpu_model()}', 'system': f'{platform.system()} {platform.release()}',
            'java': _first_line('java', '-version'), 'node': _first_line('node', '--version'),
            'commit': _first_line('git', '-C', str(PROJECT), 'describe', '--always', '--dirty'),
            'date': datetime.now(timezone.utc).strftime('%Y-%m-%d %H:%M UTC'), 'command': command}
        self.findings, self.measured, self.panels = [], {}, []

    def add(self, measured):
        for name, rounds in measured.items():
            self.measured[name] = {'median': middle(rounds), 'rounds': rounds}

    def find(self, name, measured, one, to, goal='', figure='cpu_us'):
        self.findings.append(Finding(name, **ratio(measured, one, to, figure), goal=goal))

    def find_value(self, name, values, goal=''):
        values = sorted(values)
        self.findings.append(Finding(name, values[len(values) // 2], values[0], values[-1], goal))

    def show(self, title, rows, form):
        """A panel of the picture: (label, value, whether it is the service's)."""
        self.panels.append(Panel(title, [(label, value, form.format(value), ours) for label, value, ours in rows]))

    def table(self):
        lines = ['', f'{"ratio":<58}{"median":>8}  {"least–greatest":<16}goal']
        lines += [finding.line() for finding in self.findings]
        loaded = {name: one['median'] for name, one in self.measured.items() if 'cpu_us' in one['median']}
        if loaded:
            lines += ['', f'{"measured (median of the rounds)":<34}{"cpu µs":>8}{"database µs":>13}{"queries":>9}{"req/s":>9}'
                          f'{"p50 ms":>9}{"p99 ms":>9}{"RSS MB":>8}']
            lines += [_row(name, figures) for name, figures in loaded.items()]
        started = {name: one['median'] for name, one in self.measured.items() if 'first_answer_s' in one['median']}
        if started:
            lines += ['', f'{"start":<34}{"first 200, s":>13}{"RSS MB":>8}']
            lines += [f'{name:<34}{figures["first_answer_s"]:>13.2f}{figures["rss_mb"]:>8.0f}' for name, figures in started.items()]
        return '\n'.join(lines + ['', *self._note()])

    def write(self, folder=BENCHMARKS):
        content = {**self.context, 'ratios': [asdict(finding) for finding in self.findings], 'measured': self.measured}
        (folder / 'results.json').write_text(json.dumps(_rounded(content), indent=1, ensure_ascii=False) + '\n')
        (folder / 'figures.svg').write_text(draw(self.panels, self._note()))

    def _note(self):
        context = self.context
        return [f'{context["machine"]} · {context["system"]} · {context["date"]} · commit {context["commit"]}',
                f'{context["java"]} · Node.js {context["node"]}', context['command']]


def _row(name, figures):
    queries = figures['queries_per_request']
    return (f'{name:<34}{figures["cpu_us"]:>8.1f}{figures["database_us"]:>13.1f}{"" if queries is None else f"{queries:.3f}":>9}'
            f'{figures["requests_per_second"]:>9.0f}{figures["p50_ms"]:>9.2f}{figures["p99_ms"]:>9.2f}{figures["rss_mb"]:>8.0f}')


def _rounded(value):
    if isinstance(value, float):
        return float(f'{value:.4g}')
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list) else value


def _cpu_model():
    with open('/proc/cpuinfo') as info:
        found = re.search(r'^model name\s*:\s*(.+)$', info.read(), re.M)
    return found.group(1) if found else platform.machine()


def _first_line(*command):
    try:
        said = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout
    except OSError:
        return 'none'
    lines = [line for line in said.splitlines() if not line.startswith('Picked up')]
    return lines[0] if lines else 'unknown'
