import { Socket } from "node:net";

/**
 * Hands to the system in one go what one turn of the event loop writes. The driver flushes each pipelined statement for itself, and
 * each flush is a system call that wakes the database's process (measured: a quarter of Node's time while sending).
 */
export class TurnSocket extends Socket {
  #isGathering = false;

  override cork(): void {
    super.cork();
    if (this.#isGathering) return;
    this.#isGathering = true;
    super.cork();
    process.nextTick(() => {
      this.#isGathering = false;
      super.uncork();
    });
  }
}
