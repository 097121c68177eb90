"""What was found, by part: ratios, and the figures they are made of; as a table on the terminal and as results.json."""
import json
import os
import platform
import re
import subprocess
from datetime import datetime, timezone

from .load import middle, ratio
from .servers import PROJECT


class Report:

    def __init__(self, command):
        self._context = {
            'date': datetime.now(timezone.utc).strftime('%Y-%m-%d %H:%M UTC'),
            'commit': _first_line('git', '-C', str(PROJECT), 'describe', '--always', '--dirty'), 'command': command,
            'machine': f'{os.cpu_count()} cores, {_cpu_model()}', 'system': f'{platform.system()} {platform.release()}',
            'java': _first_line('java', '-version'), 'node': _first_line('node', '--version'), 'go': _first_line('go', 'version')}
        self.parts = {}

    def begin(self, part):
        self._part = self.parts[part] = {**self._context, 'ratios': {}, 'measured': {}}

    def add(self, measured):
        for name, rounds in measured.items():
            self._part['measured'][name] = {'median': middle(rounds), 'rounds': rounds}

    def find(self, name, measured, one, to, goal='', figure='cpu_us'):
        """The ratio of a figure, round by round, and the goal it is held against."""
        self._part['ratios'][name] = {**ratio(measured, one, to, figure), 'goal': goal}

    def find_value(self, name, values, goal=''):
        values = sorted(values)
        self._part['ratios'][name] = {'median': values[len(values) // 2], 'least': values[0], 'greatest': values[-1], 'goal': goal}

    def table(self):
        lines = []
        for part, found in self.parts.items():
            lines += ['', f'{part:<48}{"median":>8}  {"least–greatest":<16}goal']
            lines += [f'{name:<48}{one["median"]:>8.2f}  {one["least"]:.2f}–{one["greatest"]:<11.2f}{one["goal"]}'
                      for name, one in found['ratios'].items()]
            medians = {name: one['median'] for name, one in found['measured'].items()}
            if all('cpu_us' in one for one in medians.values()):
                lines += ['', f'{"median of the rounds":<40}{"cpu µs":>8}{"database µs":>13}{"queries":>9}{"req/s":>9}'
                              f'{"p50 ms":>9}{"p99 ms":>9}{"RSS MB":>8}']
                lines += [_row(name, figures) for name, figures in medians.items()]
            else:
                lines += ['', f'{"median of the rounds":<40}{"first 200, s":>13}{"RSS MB":>8}']
                lines += [f'{name:<40}{one["first_answer_s"]:>13.2f}{one["rss_mb"]:>8.0f}' for name, one in medians.items()]
        return '\n'.join(lines)

    def write(self, folder):
        """Replaces the measured parts in the folder's results.json, and returns all parts."""
        file = folder / 'results.json'
        parts = {**(json.loads(file.read_text()) if file.exists() else {}), **_rounded(self.parts)}
        file.write_text(json.dumps(parts, indent=1, ensure_ascii=False) + '\n')
        return parts


def _row(name, figures):
    queries = figures['queries_per_request']
    return (f'{name:<40}{figures["cpu_us"]:>8.1f}{figures["database_us"]:>13.1f}{"" if queries is None else f"{queries:.3f}":>9}'
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
