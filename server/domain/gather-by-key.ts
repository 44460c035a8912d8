const mostTogether = 50;
const mostGroups = 4;
/** One group that waits (for a lock that a long transaction holds) does not hold up those that come after it. */
const patienceMs = 25;
/** So many at once say that their callers ask again as soon as they are answered: the next group waits for them for a moment. */
const crowd = 6;
const crowdRestMs = 4;

type Lane<Item> = { waiting: Item[]; running: number; rests: boolean; patience: NodeJS.Timeout | undefined };

/**
 * Does together what comes while the work before it is still under way, per key; a lone item is begun at once. `work` never rejects:
 * it tells each item its end.
 */
export function gatherByKey<Item>(work: (items: Item[]) => Promise<void>): (key: string, item: Item) => void {
  const lanes = new Map<string, Lane<Item>>();

  const look = (key: string, lane: Lane<Item>): void => {
    if (lane.rests) return;
    if (lane.waiting.length === 0) {
      if (lane.running === 0 && lanes.get(key) === lane) lanes.delete(key);
    } else if (lane.running === 0) {
      begin(key, lane);
    } else if (lane.running < mostGroups) {
      lane.patience ??= setTimeout(() => begin(key, lane), patienceMs);
    }
  };
  const begin = (key: string, lane: Lane<Item>): void => {
    clearTimeout(lane.patience);
    lane.patience = undefined;
    lane.running += 1;
    const items = lane.waiting.splice(0, mostTogether);
    void work(items).finally(() => {
      lane.running -= 1;
      if (items.length < crowd) return look(key, lane);
      lane.rests = true;
      setTimeout(() => {
        lane.rests = false;
        look(key, lane);
      }, crowdRestMs);
    });
    look(key, lane);
  };

  return (key, item) => {
    const lane = lanes.get(key) ?? { waiting: [], running: 0, rests: false, patience: undefined };
    lanes.set(key, lane);
    lane.waiting.push(item);
    look(key, lane);
  };
}
