/** npm passes Ctrl-C on to a process that the terminal has told already; the pair is one wish. */
const samePressMs = 1_000;

/** Waits for Ctrl-C or SIGTERM, or for the given loss. A second signal, a second later, ends the process at once. */
export async function untilAskedToStop(lost: Promise<string>): Promise<string | undefined> {
  let stop = () => {};
  const asked = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
  });
  let firstAt: number | undefined;
  const onSignal = () => {
    firstAt ??= Date.now();
    if (Date.now() - firstAt > samePressMs) process.exit(130);
    stop();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  // Nothing else may hold the process awake while the database child is unreferenced.
  const awake = setInterval(() => {}, 60_000);
  const result = await Promise.race([asked, lost]);
  clearInterval(awake);
  return result;
}
