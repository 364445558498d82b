"""./sonograph live, started with the mark by which processes.py finds what belongs to it, awaited and asked."""
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(HOME / "benchmarks"))
from processes import MARK, marked  # noqa: E402


def ask(url):
    with urllib.request.urlopen(url, timeout=5) as answer:
        return json.load(answer)


class Live:
    """One start; what it says is appended to LOG."""

    def __init__(self, source, data, log, *options):
        self.log, self.data = log, data
        self.where = log.stat().st_size if log.exists() else 0
        command = [str(HOME / "sonograph"), "live", str(source), "--data", str(data), *options]
        with open(log, "ab") as to:
            self.process = subprocess.Popen(
                command, cwd=HOME, env=os.environ | {MARK: str(data)}, stdin=subprocess.DEVNULL, stdout=to, stderr=to, start_new_session=True
            )

    def text(self):
        """What this start has said."""
        with open(self.log, "rb") as file:
            file.seek(self.where)
            return file.read().decode(errors="replace")

    def has_ended(self):
        return self.process.poll() is not None

    def url(self):
        """Address of the stream, http://HOST:PORT/streams/NAME, None before it is said."""
        found = re.search(r"listen to it: (\S+)/live.mp3", self.text())
        return found and found.group(1)

    def state(self):
        """The stream as GET /streams tells it."""
        try:
            return (ask(self.url().rsplit("/", 1)[0]) or [{"state": "none"}])[0]
        except OSError as e:
            return {"state": "no answer", "why": str(e)}

    def await_live(self):
        """Waits for the address and the state live; ends with what was said where it has ended."""
        while self.url() is None or self.state()["state"] != "live":
            if self.has_ended():
                sys.exit(f"./sonograph live has ended with {self.process.returncode}:\n{self.text()}")
            time.sleep(0.25)

    def kill(self):
        """All at once, as when the power goes."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        while left := list(marked(self.data)):
            for pid, _ in left:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            time.sleep(0.05)

    def stop(self):
        if not self.has_ended():
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=90)
