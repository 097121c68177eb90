"""Draws the cost of a request over the load, as SVG: a plot for plain reads, one for both expansions. The card brings its own background,
so it is legible on any page."""
from html import escape
from math import log

STYLE = '''
  text { font: 12px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2933 }
  .title { font-weight: 600; font-size: 14px } .note { fill: #52606d }
  .card { fill: #ffffff; stroke: #cbd2d9 } .grid { stroke: #e4e7eb }
  polyline { fill: none; stroke-width: 2 } .dashed { stroke-dasharray: 5 3 } .dotted { stroke-dasharray: 1.5 3 }
  .service { --color: #0f6fc5 } .go { --color: #b45309 } .fastify { --color: #7048a8 } .constant { --color: #616e7c }
  @media (prefers-color-scheme: dark) {
    text { fill: #e4e7eb } .note { fill: #9aa5b1 } .card { fill: #161b22; stroke: #3e4c59 } .grid { stroke: #2d3742 }
    .service { --color: #4da3f0 } .go { --color: #f0a33e } .fastify { --color: #b795e8 } .constant { --color: #9aa5b1 }
  }
  polyline { stroke: var(--color) } circle, .label { fill: var(--color) }
'''
CLASSES = {'service, jar': 'service', 'service, image': 'service dashed', 'Go': 'go', 'Fastify': 'fastify', 'constant body': 'constant dotted'}
READS = {'plain': 'Plain read', 'expanded': 'Both expansions'}
# The loads of the line, from thin to full traffic.
LINE = ['300/s', '1,500/s', '32 clients']
X_TICKS, Y_TICKS = [300, 1_500, 5_000, 20_000], [10, 20, 50, 100, 200, 500, 1_000, 2_000]

WIDTH, HEIGHT, TOP, BOTTOM = 820, 420, 70, 330
PLOT, LEFT, LABEL = 400, 112, 15


def draw(part):
    """The picture of the part `loads` of the results."""
    lines = {(row, read): _points(part['measured'], row, read) for row in CLASSES for read in READS}
    costs = [cost for points in lines.values() for _, cost in points]
    rates = [rate for points in lines.values() for rate, _ in points]
    y_scale = _scale(min(costs) * 0.8, max(costs) * 1.25, BOTTOM, TOP)
    x_scale = _scale(280, max(rates) * 1.1, LEFT, PLOT - 24)
    text = [f'<text class="title" x="20" y="28">CPU per request over load, µs (logarithmic; lower is better)</text>']
    for number, (read, title) in enumerate(READS.items()):
        plot = _plot(title, {row: lines[row, read] for row in CLASSES if lines[row, read]}, x_scale, y_scale, min(costs) * 0.8, max(costs) * 1.25,
                     max(rates) * 1.1)
        text.append(f'<g transform="translate({10 + number * PLOT} 0)">{plot}</g>')
    notes = ['64 clients at 300 and 1,500 requests per second in all; at the end of each line, 32 clients without pause.',
             f'{part["machine"]} · {part["date"]} · commit {part["commit"]}']
    text += [f'<text class="note" x="20" y="{BOTTOM + 56 + 17 * number}">{escape(note)}</text>' for number, note in enumerate(notes)]
    body = '\n'.join(text)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
            f'aria-label="CPU per request over load">\n<style>{STYLE}</style>\n'
            f'<rect class="card" x="0.5" y="0.5" width="{WIDTH - 1}" height="{HEIGHT - 1}" rx="8"/>\n{body}\n</svg>\n')


def _points(measured, row, read):
    """(requests per second, CPU) of the line's loads. A constant body is the same for both reads."""
    names = [f'{row}, {"plain" if row == "constant body" else read}, {load}' for load in LINE]
    medians = [measured[name]['median'] for name in names if name in measured]
    return [(one['requests_per_second'], one['cpu_us']) for one in medians]


def _scale(least, greatest, at_least, at_greatest):
    """Logarithmic."""
    return lambda value: at_least + log(value / least) / log(greatest / least) * (at_greatest - at_least)


def _plot(title, lines, x_scale, y_scale, cheapest, dearest, fastest):
    right = PLOT - 24
    parts = [f'<text class="title" x="{LEFT}" y="{TOP - 14}">{title}</text>',
             f'<text class="note" x="{(LEFT + right) / 2}" y="{BOTTOM + 33}" text-anchor="middle">requests per second</text>']
    for value in Y_TICKS:
        if cheapest <= value <= dearest:
            y = y_scale(value)
            parts.append(f'<line class="grid" x1="{LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>'
                         f'<text class="note" x="{right + 4}" y="{y + 4:.1f}">{value:,}</text>')
    for value in X_TICKS:
        if value <= fastest:
            x = x_scale(value)
            parts.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{BOTTOM}"/>'
                         f'<text class="note" x="{x:.1f}" y="{BOTTOM + 16}" text-anchor="middle">{value:,}</text>')
    below = float('-inf')
    for row, points in sorted(lines.items(), key=lambda line: y_scale(line[1][0][1])):
        at = [(x_scale(rate), y_scale(cost)) for rate, cost in points]
        below = max(below + LABEL, at[0][1] + 4)
        line = ' '.join(f'{x:.1f},{y:.1f}' for x, y in at)
        dots = ''.join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in at)
        parts.append(f'<g class="{CLASSES[row]}"><polyline points="{line}"/>{dots}'
                     f'<text class="label" x="{LEFT - 2}" y="{below:.1f}" text-anchor="end">{row}</text></g>')
    return '\n'.join(parts)
