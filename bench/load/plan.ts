/** A request as it goes over the wire, written out before the measurement so that the generator costs as little as possible. */
export type LoadRequest = { method: string; path: string; headers?: Record<string, string>; body?: string };

export type LoadPlan = {
  port: number;
  connections: number;
  warmUpSeconds: number;
  seconds: number;
  headers: Record<string, string>;
  /** Sent in turn, from the beginning again at the end. */
  requests: LoadRequest[];
  /** Each request is sent at most once; the run ends with the last one. */
  once: boolean;
};

export type LoadResult = {
  requests: number;
  seconds: number;
  perSecond: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  /** Answers outside 2xx, by status; 0 stands for a broken connection. */
  failures: Record<string, number>;
  firstFailure: string | undefined;
  /** Sent in the warm-up and in the measurement together. */
  sent: number;
};
