const mostTogether = 50;
const mostGroups = 4;
/** One group that waits (for a lock that a long transaction holds) does not hold up those that come after it. */
const patienceMs = 25;

type Lane<Item> = { waiting: Item[]; running: number; patience: NodeJS.Timeout | undefined };

/**
 * Does together what comes while the work before it is still under way, per key; a lone item is begun at once. `work` never rejects:
 * it tells each item its end.
 */
export function gatherByKey<Item>(work: (items: Item[]) => Promise<void>): (key: string, item: Item) => void {
  const lanes = new Map<string, Lane<Item>>();

  const look = (key: string, lane: Lane<Item>): void => {
    if (lane.waiting.length === 0) {
      if (lane.running === 0) lanes.delete(key);
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
    void work(lane.waiting.splice(0, mostTogether)).finally(() => {
      lane.running -= 1;
      look(key, lane);
    });
    look(key, lane);
  };

  return (key, item) => {
    const lane = lanes.get(key) ?? { waiting: [], running: 0, patience: undefined };
    lanes.set(key, lane);
    lane.waiting.push(item);
    look(key, lane);
  };
}
