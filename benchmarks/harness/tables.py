"""Fills the figures into benchmarks/README.md and README.md, between comments that say where."""
import re

from .load import LOADS
from .servers import BENCHMARKS, PROJECT

SERVICES, PEERS = ['service, jar', 'service, image'], ['Go', 'Fastify', 'constant body']
THIN, FULL = [load for load in LOADS if load != '32 clients'], ['32 clients']
# What the ratios are to reach, plain read / both expansions.
GOALS = {'goal, ÷ Go': dict.fromkeys(THIN, '≤ 0.8 / 0.8') | dict.fromkeys(FULL, '≤ 0.6 / 0.6'),
         'goal, ÷ constant body': dict.fromkeys(THIN, '≤ 2') | dict.fromkeys(FULL, '≤ 3 / 7')}


def fill(parts):
    _replace(BENCHMARKS / 'README.md', 'loads', _loads(parts['loads']) if 'loads' in parts else [])
    _replace(BENCHMARKS / 'README.md', 'others', _others({part: found for part, found in parts.items() if part != 'loads'}))
    if 'loads' in parts:
        _replace(PROJECT / 'README.md', 'benchmarks', _summary(parts['loads']))


def _replace(file, name, lines):
    start, end = f'<!-- {name}:start -->', f'<!-- {name}:end -->'
    filled = re.sub(f'{start}.*{end}', lambda found: '\n'.join([start, *lines, end]), file.read_text(), flags=re.S)
    file.write_text(filled)


def _context(part):
    java, go = re.search(r'"(.+?)"', part['java']), re.search(r'go[\d.]+', part['go'])
    return (f'{part["date"]}, {part["machine"]}, {part["system"]}, JDK {java.group(1) if java else "?"}, {go.group() if go else "no Go"}, '
            f'Node.js {part["node"]}, commit {part["commit"]}, `{part["command"]}`:')


def _loads(part):
    loads = [load for load in LOADS if f'service, jar, plain, {load}' in part['measured']]
    rows = [row for row in [*SERVICES, *PEERS] if f'{row}, plain, {loads[0]}' in part['measured']]

    def table(first, columns, cell, rows=rows):
        return [f'| {first} | ' + ' | '.join(columns) + ' |', '|---' * (len(columns) + 1) + '|',
                *(f'| {row} | ' + ' | '.join(cell(row, column) for column in columns) + ' |' for row in rows), '']

    def both(row, load, form):
        """Of a plain read and of one with both expansions."""
        names = [f'{row}, {read}, {load}' for read in ('plain', 'expanded')]
        return ' / '.join(form(part['measured'][name]['median']) for name in names if name in part['measured'])

    def ratio(row, load):
        if row in GOALS:
            return GOALS[row][load]
        found = [part['ratios'].get(f'{row}, {read}, {load}') for read in ('plain', 'expanded')]
        return ' / '.join(f'{one["median"]:.2f}' for one in found if one)

    ratios = [row for peer in PEERS if peer in rows
              for row in (*(f'{ours} ÷ {peer}' for ours in SERVICES if ours in rows), f'goal, ÷ {peer}')
              if row in GOALS or not row.startswith('goal')]
    paced = [load for load in loads if LOADS[load][1]]
    return [_context(part), '', 'CPU per request in µs, plain read / both expansions:', '',
            *table('', loads, lambda row, load: both(row, load, lambda one: f'{one["cpu_us"]:.0f}')),
            'The same as ratios; less than 1 is cheaper than the peer:', '',
            *table('', loads, ratio, ratios),
            'CPU of the database per request in µs:', '',
            *table('', loads, lambda row, load: both(row, load, lambda one: f'{one["database_us"]:.0f}'), [row for row in rows if row != 'constant body']),
            'Latency at a given rate in ms, plain read / both expansions. The goal for p99 at 300/s is at most 1.5 times Go\'s:', '',
            *table('', [f'{load}, {figure}' for load in paced for figure in ('p50', 'p99')],
                   lambda row, column: both(row, column.rsplit(', ', 1)[0], lambda one: f'{one[column.rsplit(", ", 1)[1] + "_ms"]:.1f}'))]


def _others(parts):
    lines = []
    for part, found in parts.items():
        lines += [f'**{part}**, {_context(found)}', '']
        if found['ratios']:
            lines += ['| median of the rounds (least–greatest) | measured | target |', '|---|---|---|',
                      *(f'| {name} | {one["median"]:.2f} ({one["least"]:.2f}–{one["greatest"]:.2f}) | {one["goal"]} |'
                        for name, one in found['ratios'].items()), '']
        if part == 'start':
            lines += ['| | first 200 | resident |', '|---|---|---|',
                      *(f'| {name.partition(", ")[2]} | {one["median"]["first_answer_s"]:.2f} s | {one["median"]["rss_mb"]:.0f} MB |'
                        for name, one in found['measured'].items()), '']
        if part == 'first':
            lines += ['| since the first request | CPU per request | p99 |', '|---|---|---|',
                      *(f'| {name} | {one["median"]["cpu_us"]:.0f} µs | {one["median"]["p99_ms"]:.1f} ms |'
                        for name, one in found['measured'].items()), '']
    return lines


def _summary(part):
    """Two sentences: how far the service is from its peers, and where it is ahead."""
    def ratio(peer, read, load):
        return part['ratios'][f'service, jar ÷ {peer}, {read}, {load}']['median']

    loads = [load for load in LOADS if f'service, jar ÷ Go, plain, {load}' in part['ratios']]
    verdicts = {}
    for load in loads:
        for read in ('plain', 'expanded'):
            value = ratio('Go', read, load)
            verdict = 'cheaper' if value < 0.95 else 'dearer' if value > 1.05 else 'level'
            verdicts.setdefault(verdict, []).append((load, read))
    said = {'cheaper': 'cheaper than Go', 'level': 'within 5 % of Go', 'dearer': 'dearer than Go'}
    where = '; '.join(f'{text} {_where(verdicts[verdict])}' for verdict, text in said.items() if verdict in verdicts)
    full, thin = loads[-1], loads[0]
    return [
        f'With {full}, a plain read takes {ratio("Go", "plain", full):.2f} times the CPU of a Go service that does the same work, and '
        f'{ratio("Fastify", "plain", full):.2f} times that of Fastify (with both expansions {ratio("Go", "expanded", full):.2f} and '
        f'{ratio("Fastify", "expanded", full):.2f}); at {thin.replace("/s", " requests/s")}, {ratio("Go", "plain", thin):.2f} and '
        f'{ratio("Fastify", "plain", thin):.2f} times ({ratio("Go", "expanded", thin):.2f} and {ratio("Fastify", "expanded", thin):.2f}).',
        f'It is {where}, measured at commit {part["commit"]}; [benchmarks](benchmarks/README.md) has all figures, the machine and the command, '
        'and a [Go service tuned by hand](benchmarks/README.md#beside-peers-tuned-by-hand), which takes less CPU than this one below full load.']


def _where(cases):
    """'at 300/s, 32 clients (plain)'"""
    loads = {}
    for load, read in cases:
        loads.setdefault(load, []).append(read)
    return 'at ' + ', '.join(load if len(reads) == 2 else f'{load} ({reads[0]})' for load, reads in loads.items())
