"""Memory, processor time and disk of a chain that was started with BENCHMARK_OF=DATA in its environment."""
import os
from pathlib import Path

MARK = "BENCHMARK_OF"


def role(arguments):
    for word, name in [("BrokerMain", "broker"), ("QuarkusEntryPoint", "registry"), ("DiffusionWorkerService", "worker")]:
        if any(word in a for a in arguments):
            return name
    return "run"


def marked(data):
    """Ids and arguments of all processes that were started with the mark, java or not."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if f"{MARK}={data}".encode() in (entry / "environ").read_bytes().split(b"\0"):
                    yield int(entry.name), (entry / "cmdline").read_bytes().decode(errors="replace").split("\0")
            except OSError:
                continue


def processes(data):
    """Resident memory, MB, and processor seconds of each Java process of the chain."""
    found = {}
    ticks = os.sysconf("SC_CLK_TCK")
    page = os.sysconf("SC_PAGE_SIZE")
    for pid, arguments in marked(data):
        try:
            if "java" not in arguments[0]:
                continue
            entry = Path("/proc") / str(pid)
            stat = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            resident = int((entry / "statm").read_text().split()[1]) * page / 1e6
            name = role(arguments)
            key = name if name != "worker" else f"worker {sum(k.startswith('worker') for k in found) + 1}"
            found[key] = {"mb": round(resident, 1), "cpu": (int(stat[11]) + int(stat[12])) / ticks, "pid": pid}
        except (OSError, IndexError):
            continue
    return found


def disk(data):
    """Bytes of each topic's logs on the disk, all its partitions together."""
    topics = {}
    for folder, _, files in os.walk(data / "kafka"):
        topic = Path(folder).name.rsplit("-", 1)[0]
        for name in files:
            try:
                topics[topic] = topics.get(topic, 0) + os.stat(os.path.join(folder, name)).st_blocks * 512
            except OSError:
                pass
    return topics
