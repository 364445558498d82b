// Sounds that this browser has, and which take was made from which: so that "again" needs no second upload.

const BUNDLED = "/assets/rain-on-tin.flac";
const MOST = 40;

function open() {
  return new Promise((done, failed) => {
    const request = indexedDB.open("sonograph", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("sounds");
      request.result.createObjectStore("takes");
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

async function ask(store, mode, work) {
  const db = await open();
  try {
    return await new Promise((done, failed) => {
      const request = work(db.transaction(store, mode).objectStore(store));
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
  } finally {
    db.close();
  }
}

export async function bundled() {
  const response = await fetch(BUNDLED);
  return {key: "bundled", name: "rain-on-tin.flac", blob: await response.blob()};
}

/** Remembers which sound a take was made from; of the sounds themselves the newest stay. */
export async function remember(take, source) {
  try {
    if (source.key !== "bundled") {
      await ask("sounds", "readwrite", s => s.put({name: source.name, blob: source.blob}, source.key));
      const keys = await ask("sounds", "readonly", s => s.getAllKeys());
      for (const old of keys.sort().slice(0, Math.max(0, keys.length - MOST))) {
        await ask("sounds", "readwrite", s => s.delete(old));
      }
    }
    await ask("takes", "readwrite", s => s.put(source.key, take));
  } catch { /* a private window keeps nothing: "again" then asks for the sound */ }
}

/** The sound of a take, or nothing where this browser does not have it. */
export async function of(take, name) {
  try {
    const key = await ask("takes", "readonly", s => s.get(take));
    if (key === "bundled" || key === undefined && name === "rain-on-tin.flac") return await bundled();
    const sound = key && await ask("sounds", "readonly", s => s.get(key));
    return sound ? {key, ...sound} : undefined;
  } catch {
    return undefined;
  }
}

/** Keys sort by age. */
export const newKey = () => `${String(Date.now()).padStart(15, "0")}-${Math.random()}`;
