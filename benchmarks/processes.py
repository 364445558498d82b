"""Memory, processor time and disk of a chain that was started with BENCHMARK_OF=DATA in its environment."""
import os
from pathlib import Path


def role(arguments):
    for word, name in [("BrokerMain", "broker"), ("QuarkusEntryPoint", "registry"), ("DiffusionWorkerService", "worker")]:
        if any(word in a for a in arguments):
            return name
    return "run"


def processes(data):
    """Resident memory, MB, and processor seconds of whatever names the data folder or made it."""
    found = {}
    ticks = os.sysconf("SC_CLK_TCK")
    page = os.sysconf("SC_PAGE_SIZE")
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            arguments = (entry / "cmdline").read_bytes().decode(errors="replace").split("\0")
            environment = (entry / "environ").read_bytes().decode(errors="replace")
            if "java" not in arguments[0] or "BENCHMARK_OF=" + str(data) not in environment:
                continue
            stat = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            resident = int((entry / "statm").read_text().split()[1]) * page / 1e6
            name = role(arguments)
            key = name if name != "worker" else f"worker {sum(k.startswith('worker') for k in found) + 1}"
            found[key] = {"mb": round(resident, 1), "cpu": (int(stat[11]) + int(stat[12])) / ticks, "pid": int(entry.name)}
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
