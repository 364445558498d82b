"""Medians and quartiles of seconds a picture, and the engine's share of what the others paint."""
import statistics
import sys

times = {}
for line in open(sys.argv[1]):
    name, seconds = line.split("\t")
    times.setdefault(name, []).append(float(seconds))
for name, values in times.items():
    low, middle, high = statistics.quantiles(values, n=4)
    print(f"{name:8} {middle:.3f} s a picture (quartiles {low:.3f} to {high:.3f}, {len(values)} pictures)")
# bare and engine were painted in turns: compare pair by pair, so that a busy moment hits both
pairs = sorted(b / e for b, e in zip(times["bare"], times["engine"]))
print(f"engine over bare: {statistics.median(pairs):.3f} of the pictures a second")
for name in ("python", "optimum"):
    if name in times:
        print(f"engine over {name}: {statistics.median(times[name]) / statistics.median(times['engine']):.2f} times the pictures a second")
