import { setTimeout as delay } from "node:timers/promises";
import { openPostmaster, type Postmaster, type PostmasterPlan } from "./postmaster.ts";
import { stopPostmaster } from "./stop-postmaster.ts";

export type Supervised = {
  /** Changes when the server was killed and started again. */
  readonly pid: number;
  adopted: boolean;
  stop(): Promise<void>;
  /** How it ended: asked to stop, or given up after too many restarts. */
  exited: Promise<Exit>;
};

export type Exit = { asked: boolean; reason: string };

/** More ends than this within a minute are no accident: then somebody has to look. */
const restartsPerMinute = 30;

/** Starts the server again whenever it dies, until it is asked to stop. */
export function supervise(plan: PostmasterPlan, first: Postmaster, release: () => Promise<void>): Supervised {
  const state: State = { postmaster: first, isRunning: true, asked: false, restarts: [] };
  const exited = watchThenRelease(plan, state, release);
  let stopping: Promise<void> | undefined;
  return {
    get pid() {
      return state.postmaster.pid;
    },
    adopted: first.adopted,
    stop() {
      stopping ??= stop(state, exited);
      return stopping;
    },
    exited,
  };
}

type State = {
  postmaster: Postmaster;
  /** Once it has ended its pid may be a stranger's, who must not get our signals. */
  isRunning: boolean;
  asked: boolean;
  restarts: number[];
  starting?: Promise<Postmaster>;
};

async function stop(state: State, exited: Promise<Exit>): Promise<void> {
  state.asked = true;
  // The server doesn't keep Node alive: without this, Node could end before it has seen the server's end and freed the folder.
  const awake = setInterval(() => {}, 1_000);
  try {
    await state.starting?.catch(() => {});
    if (state.isRunning) await stopPostmaster(state.postmaster.pid);
    await exited;
  } finally {
    clearInterval(awake);
  }
}

async function watchThenRelease(plan: PostmasterPlan, state: State, release: () => Promise<void>): Promise<Exit> {
  try {
    return await watch(plan, state);
  } finally {
    await release();
  }
}

async function watch(plan: PostmasterPlan, state: State): Promise<Exit> {
  for (;;) {
    const reason = await state.postmaster.ended;
    state.isRunning = false;
    if (state.asked) return { asked: true, reason };
    plan.log(`${reason}. It is started again.`);
    if (!(await restart(plan, state))) return { asked: state.asked, reason };
  }
}

async function restart(plan: PostmasterPlan, state: State): Promise<boolean> {
  while (!state.asked) {
    state.restarts = [...state.restarts.filter((at) => at > Date.now() - 60_000), Date.now()];
    if (state.restarts.length > restartsPerMinute) return false;
    try {
      state.starting = openPostmaster(plan);
      state.postmaster = await state.starting;
      state.isRunning = true;
      return true;
    } catch (error) {
      plan.log(error instanceof Error ? error.message : String(error));
      await delay(1_000);
    }
  }
  return false;
}
