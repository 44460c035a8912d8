import pg from "pg";

export type Ear = {
  heard: (payload: string) => void;
  /** Connected again: something may have been said in between. */
  connected: () => void;
};

export type Listening = { close: () => Promise<void> };

const firstPauseMs = 100;
const longestPauseMs = 5_000;

/** Listens on a connection of its own and reconnects by itself, until closed. */
export function listen(config: pg.ClientConfig, channel: string, ear: Ear): Listening {
  let pauseMs = firstPauseMs;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const open = async (): Promise<void> => {
    try {
      client = await listener(config, channel, ear, again);
      pauseMs = firstPauseMs;
      ear.connected();
    } catch {
      again();
    }
  };
  const again = () => {
    client = undefined;
    if (closed || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      opening = open();
    }, pauseMs);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  };

  let opening = open();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await opening;
      await client?.end().catch(() => {});
    },
  };
}

async function listener(config: pg.ClientConfig, channel: string, ear: Ear, lost: () => void): Promise<pg.Client> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 5_000, keepAlive: true });
  client.on("error", lost);
  client.on("end", lost);
  client.on("notification", ({ payload = "" }) => ear.heard(payload));
  try {
    await client.connect();
    await client.query(`listen ${channel}`);
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}
