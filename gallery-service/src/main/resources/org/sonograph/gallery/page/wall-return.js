// How long a wall waits before it asks a server that is away again: a quarter of a second, then twice as long each time.

const FIRST_MS = 250;
const LONGEST_MS = 8000;

export class Return {
  wait = FIRST_MS;

  /** The wait before the next try. */
  next() {
    const wait = this.wait;
    this.wait = Math.min(LONGEST_MS, 2 * wait);
    return wait;
  }

  /** The server is back. */
  done() { this.wait = FIRST_MS; }
}
