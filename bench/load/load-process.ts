import { runLoad } from "./run-load.ts";

// A child process: the generator must not share a thread with what starts the server and reads its memory.
process.on("message", (plan: Parameters<typeof runLoad>[0]) => {
  void runLoad(plan).then((result) => process.send?.(result));
});
