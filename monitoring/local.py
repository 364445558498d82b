#!/usr/bin/env python3
"""A Prometheus and an Alertmanager of one's own beside a running `./sonograph up`, on loopback, as long as they are wanted.

    monitoring/local.py --data DIR [--webhook URL] [--port 9090]

Needs Debian's packages prometheus and prometheus-alertmanager, or the programs of those names; no root.
"""
import argparse
import json
import math
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
SCRAPE_SECONDS = 5
WINDOW_MIN_SCRAPES = 4
UNIT_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def shorten(text, factor):
    """Rules whose `for`, and windows up to an hour, are `factor` times shorter; no window is below four scrapes.

    Longer windows stay, since what is predicted from them would be predicted from noise.
    """

    def shorter(least, most=math.inf):
        def replace(match):
            seconds = int(match[2]) * UNIT_SECONDS[match[3]]
            return match[0] if seconds > most else f"{match[1]}{max(least, round(seconds / factor))}s{match[4]}"
        return replace

    window = SCRAPE_SECONDS * WINDOW_MIN_SCRAPES
    text = re.sub(r"(\bfor: )(\d+)([smhd])()", shorter(SCRAPE_SECONDS), text)
    return re.sub(r"(\[)(\d+)([smhd])(\])", shorter(window, UNIT_SECONDS["h"]), text)


def targets(data):
    """Job and address of everything that an instance exports, from its own file; the first is the launcher."""
    text = (pathlib.Path(data) / "sonograph.properties").read_text(encoding="iso-8859-1")
    urls = re.search(r"(?m)^metrics\.urls=(.*)$", text)[1].split(",")
    addresses = [urllib.parse.urlsplit(url).netloc for url in urls if url]
    return [("diffusion-worker" if i else "sonograph", address) for i, address in enumerate(addresses)]


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def program(*names):
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    sys.exit(f"needs {names[0]}: apt install prometheus prometheus-alertmanager")


class Monitoring:
    """Both programs with our rules, in a folder of their own; ends them on leaving."""

    def __init__(self, data, folder, webhook=None, factor=1, port=0):
        self.data, self.folder = data, pathlib.Path(folder)
        self.webhook, self.factor = webhook, factor
        self.port, self.alert_port = port or free_port(), free_port()
        self.more = []  # further (job, address)
        self.running = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        self.write()
        if self.webhook:
            self.start("alertmanager", program("prometheus-alertmanager", "alertmanager"), f"--config.file={self.folder}/alertmanager.yml",
                       f"--storage.path={self.folder}/alerts", f"--web.listen-address=127.0.0.1:{self.alert_port}", "--cluster.listen-address=")
        self.start("prometheus", program("prometheus"), f"--config.file={self.folder}/prometheus.yml", f"--storage.tsdb.path={self.folder}/series",
                   f"--web.listen-address=127.0.0.1:{self.port}", "--rules.alert.resend-delay=10s")
        for _ in range(100):
            try:
                urllib.request.urlopen(self.url + "/-/ready", timeout=5)
                return self
            except OSError:
                time.sleep(0.2)
        sys.exit(f"Prometheus does not answer; its log: {self.folder}/prometheus.log")

    def __exit__(self, *_):
        for process in self.running:
            process.send_signal(signal.SIGTERM)
        for process in self.running:
            process.wait(30)

    def start(self, name, *command):
        log = open(self.folder / f"{name}.log", "w")
        self.running.append(subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT))

    def write(self):
        (self.folder / "rules").mkdir(parents=True, exist_ok=True)
        for rules in (HERE / "prometheus" / "rules").glob("*.yml"):
            (self.folder / "rules" / rules.name).write_text(shorten(rules.read_text(), self.factor))
        alerting = {"alertmanagers": [{"static_configs": [{"targets": [f"127.0.0.1:{self.alert_port}"]}]}]} if self.webhook else {}
        # JSON is YAML.
        (self.folder / "prometheus.yml").write_text(json.dumps({
            "global": {"scrape_interval": f"{SCRAPE_SECONDS}s", "scrape_timeout": "4s", "evaluation_interval": f"{SCRAPE_SECONDS}s"},
            "rule_files": [f"{self.folder}/rules/*.yml"],
            "alerting": alerting,
            "scrape_configs": [
                {"job_name": "sonograph", "file_sd_configs": [{"files": [f"{self.folder}/targets.json"], "refresh_interval": "5s"}]},
                {"job_name": "prometheus", "static_configs": [{"targets": [f"127.0.0.1:{self.port}"]}]}]}, indent=1))
        (self.folder / "alertmanager.yml").write_text(json.dumps({
            "route": {"receiver": "hook", "group_by": ["alertname"], "group_wait": "1s", "group_interval": "5s", "repeat_interval": "4h"},
            "receivers": [{"name": "hook", "webhook_configs": [{"url": self.webhook or "http://127.0.0.1:1/", "send_resolved": True}]}]}, indent=1))
        self.write_targets()

    def write_targets(self):
        """Tells Prometheus whom to ask; to be called again when that has changed."""
        groups = [{"targets": [address], "labels": {"job": job}} for job, address in targets(self.data) + self.more]
        partial = self.folder / "targets.partial"
        partial.write_text(json.dumps(groups))
        os.replace(partial, self.folder / "targets.json")

    def query(self, expr):
        address = f"{self.url}/api/v1/query?" + urllib.parse.urlencode({"query": expr})
        with urllib.request.urlopen(address, timeout=30) as answer:
            return json.load(answer)["data"]["result"]

    def firing(self):
        """Labels of the alerts that fire, without the watchdog."""
        return [r["metric"] for r in self.query('ALERTS{alertstate="firing", alertname!="Watchdog"}')]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, help="data folder of a running ./sonograph up")
    parser.add_argument("--webhook", help="where Alertmanager sends alerts; without one there is no Alertmanager")
    parser.add_argument("--port", type=int, default=9090, help="port of Prometheus")
    parser.add_argument("--canary", metavar="HOST:PORT", help="address of a running ./sonograph canary")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with tempfile.TemporaryDirectory() as folder:
        watching = Monitoring(given.data, folder, given.webhook, port=given.port)
        watching.more = [("canary", given.canary)] if given.canary else []
        with watching:
            print(f"Prometheus: {watching.url}; Ctrl-C ends it", file=sys.stderr)
            try:
                while True:
                    time.sleep(5)
                    if (pathlib.Path(given.data) / "sonograph.properties").exists():
                        watching.write_targets()
            except KeyboardInterrupt:
                pass


if __name__ == "__main__":
    main()
