import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Channels } from "../../server/channels/registry.ts";

/** For surfaces whose tests reach no vendor and store no file. */
export const noChannels: { dataDir: string; channels: Channels } = {
  dataDir: join(tmpdir(), `rapport-test-none-${process.pid}`),
  channels: { senderOf: () => undefined, transportOf: () => undefined, close: () => {} },
};

afterAll(() => rm(noChannels.dataDir, { recursive: true, force: true }));
