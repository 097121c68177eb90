"""Draws panels of bars as SVG. The card brings its own background, so it is legible on any page."""
from dataclasses import dataclass
from html import escape

WIDTH, LABELS, VALUES, ROW, BAR = 820, 250, 90, 24, 14
STYLE = '''
  text { font: 13px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2933 }
  .title { font-weight: 600; font-size: 14px } .note { fill: #52606d; font-size: 12px }
  .card { fill: #ffffff; stroke: #cbd2d9 } .service { fill: #0f6fc5 } .other { fill: #9aa5b1 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e4e7eb } .note { fill: #9aa5b1 }
    .card { fill: #161b22; stroke: #3e4c59 } .service { fill: #4da3f0 } .other { fill: #616e7c }
  }
'''


@dataclass
class Panel:
    """A title and rows of (label, value, what is written beside the bar, whether it is the service's)."""
    title: str
    rows: list


def draw(panels, note):
    """All panels below each other, and the note at the foot."""
    parts, y = [], 16
    for panel in panels:
        y += 18
        parts.append(f'<text class="title" x="20" y="{y}">{escape(panel.title)}</text>')
        y += 10
        longest = max(value for _, value, _, _ in panel.rows)
        for label, value, written, ours in panel.rows:
            length = max(1.5, value / longest * (WIDTH - LABELS - VALUES - 40))
            middle = y + ROW / 2
            parts.append(f'<text x="{LABELS}" y="{middle + 4.5}" text-anchor="end">{escape(label)}</text>')
            parts.append(f'<rect class="{"service" if ours else "other"}" x="{LABELS + 10}" y="{middle - BAR / 2}" '
                         f'width="{length:.1f}" height="{BAR}" rx="2"/>')
            parts.append(f'<text x="{LABELS + 18 + length:.1f}" y="{middle + 4.5}">{escape(written)}</text>')
            y += ROW
        y += 12
    for line in note:
        y += 16
        parts.append(f'<text class="note" x="20" y="{y}">{escape(line)}</text>')
    height = y + 18
    body = '\n'.join('  ' + part for part in parts)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" '
            f'aria-label="{escape(panels[0].title)}">\n  <style>{STYLE}  </style>\n'
            f'  <rect class="card" x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="8"/>\n{body}\n</svg>\n')
