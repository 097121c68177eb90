"""check.py PROJECT PROMETHEUS: asks a Prometheus every query of the alerts, the runbooks and the dashboard.

Each must be understood; each metric must have series, and each panel must show something. Each alert must have a runbook.
"""

import json
import pathlib
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

project, prometheus = pathlib.Path(sys.argv[1]), sys.argv[2]
SECTIONS = ["## What it means", "## See the cause", "## What to do", "## When to escalate"]
# Those of the kubelet and of kube-state-metrics, which no service shows of itself.
ELSEWHERE = re.compile(r"(?:container|kube)_\w+")
METRIC = re.compile(r"\b(?:pbx|http_server|vertx|mongodb|process|jvm|log)_\w+")
wrong = []


def ask(path, **parameters):
    url = f"{prometheus}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return json.load(answer)["data"]
    except urllib.error.HTTPError as refused:
        raise ValueError(json.load(refused)["error"]) from refused


def query(where, expression):
    try:
        return ask("query", query=expression)["result"]
    except ValueError as refused:
        wrong.append(f"{where}: {refused}: {expression}")
        return []


for _ in range(60):
    try:
        if ask("query", query='up{job="pbx-group"} == 1')["result"]:
            break
    except (ValueError, OSError):
        pass
    time.sleep(0.5)
# Two more scrapes, for what is counted in the last second.
time.sleep(3)

queries = {}
# Rules are first evaluated some time after the start.
for _ in range(120):
    alerts = [rule for group in ask("rules")["groups"] for rule in group["rules"]]
    if all(alert["health"] != "unknown" for alert in alerts):
        break
    time.sleep(0.5)
runbooks = project / "docs/runbooks"
for alert in alerts:
    name = alert["name"]
    queries.setdefault(alert["query"], f"alert {name}")
    if alert["health"] != "ok":
        wrong.append(f"alert {name}: {alert.get('lastError', alert['health'])}")
    if not alert["annotations"].get("runbook_url", "").endswith(f"/docs/runbooks/{name}.md"):
        wrong.append(f"alert {name}: its runbook_url does not end in /docs/runbooks/{name}.md")
    if not (runbooks / f"{name}.md").is_file():
        wrong.append(f"alert {name}: no docs/runbooks/{name}.md")
for runbook in sorted(runbooks.glob("*.md")):
    text = runbook.read_text()
    if runbook.stem not in {alert["name"] for alert in alerts}:
        wrong.append(f"{runbook.name}: no alert of that name")
    wrong += [f"{runbook.name}: no section {section}" for section in SECTIONS if section not in text]
    blocks = re.findall(r"```promql\n(.*?)\n```", text, re.S)
    if not blocks:
        wrong.append(f"{runbook.name}: no query")
    for block in blocks:
        queries.setdefault(block, runbook.name)

dashboard = json.loads((project / "k8s/components/monitoring/dashboard.json").read_text())
panels = [panel for panel in dashboard["panels"] if panel["type"] != "row"]
for panel in panels:
    title = panel["title"]
    if not panel.get("description"):
        wrong.append(f"panel {title}: no description")
    for target in panel["targets"]:
        expression = target["expr"].replace("$namespace", "pbx-group").replace("$__rate_interval", "1m")
        queries.setdefault(expression, f"panel {title}")
        if not ELSEWHERE.search(expression) and not query(f"panel {title}", expression):
            wrong.append(f"panel {title}: shows nothing: {expression}")

for expression, where in queries.items():
    query(where, expression)
for metric in sorted({metric for expression in queries for metric in METRIC.findall(expression)}):
    if not query(metric, metric):
        wrong.append(f"{metric}: no series")

if not (alerts and panels):
    wrong.append("no alerts, or no panels")
print(*wrong, sep="\n", file=sys.stderr)
if wrong:
    sys.exit(1)
print(f"monitoring: {len(queries)} queries of {len(alerts)} alerts, their runbooks and {len(panels)} panels are answered")
