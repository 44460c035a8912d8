import type { LoadedThread } from "./messages.ts";

/** The newest page over what was loaded before it. Where they don't meet, a gap lies between, and only the newest is kept. */
export function mergeMessages(loaded: LoadedThread | undefined, newest: LoadedThread): LoadedThread {
  const first = newest.messages[0];
  if (!loaded || !first) return newest;
  const meeting = loaded.messages.findIndex((message) => message.id === first.id);
  if (meeting === -1) return newest;
  return { messages: [...loaded.messages.slice(0, meeting), ...newest.messages], olderCursor: loaded.olderCursor };
}
