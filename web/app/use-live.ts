import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { followLive } from "../lib/live/follow-live.ts";
import { queryRefresher } from "../lib/live/refresh-queries.ts";

/** Keeps every screen up to date while somebody is signed in: with what happened since this position of the journal. */
export function useLive(since: string): void {
  const client = useQueryClient();
  const [start] = useState(since);
  useEffect(() => {
    const { refresh, refreshAll } = queryRefresher(client);
    return followLive(start, (news) => (news.kind === "event" ? refresh(news.event) : refreshAll()));
  }, [client, start]);
}
