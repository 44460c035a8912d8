/** A reason not to start that an operator can act on. The message is one sentence and is all that is shown. */
export class StartupError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "StartupError";
  }
}
