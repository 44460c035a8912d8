import { maySee, type Viewer } from "../events/may-see.ts";
import type { Frame } from "./frames.ts";
import type { LiveSink } from "./live-sink.ts";

/** Who takes no more than this late is cut off and comes back with Last-Event-ID; nothing is kept for them. */
const largestBacklogBytes = 256 * 1024;
const largestQueue = 2_000;

/** One listener: told what happens, after what it missed. */
export class LiveListener {
  readonly viewer: Viewer;
  readonly #sink: LiveSink;
  /** While what was missed is being told, what happens meanwhile waits here. */
  #queue: Frame[] | undefined = [];
  /** What lies before was told by catchUp, or is no news. */
  #from = 0n;
  #unmoved = false;
  #ended = false;

  constructor(viewer: Viewer, sink: LiveSink) {
    this.viewer = viewer;
    this.#sink = sink;
  }

  /** `whole` is all frames in one piece, shared by those who may see every one. */
  tell(frames: Frame[], whole: Buffer): void {
    if (this.#queue) {
      this.#queue.push(...frames);
      if (this.#queue.length > largestQueue) this.end();
      return;
    }
    // The follower may have begun this round before the listener caught up.
    const visible = frames.filter((frame) => frame.transactionId >= this.#from && this.#maySee(frame));
    if (visible.length === frames.length && !this.viewer.reach.masksPhones) this.write(whole);
    else if (visible.length > 0) this.write(this.#bytesOf(visible));
  }

  /** Tells what was missed up to `before`, at the listener's own pace, then what waited; from here on it is live. */
  async catchUp(first: Buffer, nextFrames: () => Promise<Frame[]>, before: bigint): Promise<void> {
    this.write(first);
    for (let frames = await nextFrames(); frames.length > 0 && !this.#ended; frames = await nextFrames()) {
      this.write(this.#bytesOf(frames.filter((frame) => this.#maySee(frame))));
      await this.#sink.drained();
    }
    const waited = this.#queue ?? [];
    this.#queue = undefined;
    this.#from = before;
    if (waited.length > 0) this.tell(waited, Buffer.concat(waited.map(({ bytes }) => bytes)));
  }

  #maySee({ line, ownerOf }: Frame): boolean {
    return maySee(this.viewer, line, ownerOf);
  }

  #bytesOf(frames: Frame[]): Buffer {
    const { masksPhones } = this.viewer.reach;
    return Buffer.concat(frames.map((frame) => (masksPhones ? frame.masked() : frame.bytes)));
  }

  write(bytes: Buffer): void {
    if (bytes.length === 0 || this.#ended) return;
    if (this.#sink.backlogBytes() > largestBacklogBytes) this.end();
    else this.#sink.write(bytes);
  }

  /** Twice in a row with something untaken: the other side has stopped reading. */
  beat(bytes: Buffer): void {
    const stuck = this.#sink.backlogBytes() > 0;
    if (stuck && this.#unmoved) this.end();
    this.#unmoved = stuck;
    if (!stuck && !this.#queue) this.write(bytes);
  }

  end(): void {
    this.#ended = true;
    this.#sink.end();
  }
}
