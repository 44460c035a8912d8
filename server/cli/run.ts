import { readConfig } from "../config.ts";
import { StartupError } from "../db/startup-error.ts";
import { DomainError } from "../domain/domain-error.ts";
import { commands, usage } from "./commands.ts";
import { UsageError } from "./usage-error.ts";

/** Runs one command; what an operator can act on is one sentence, never a stack. Returns the exit code. */
export async function run(argv: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const command = commands.find(({ words }) => words.every((word, index) => argv[index] === word));
  if (!command) return explain(argv[0]);
  try {
    const code = await command.run(readConfig(env), argv.slice(command.words.length));
    return typeof code === "number" ? code : 0;
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\nUsage: rapport ${command.usage}`);
      return 2;
    }
    if (isArgumentError(error)) {
      console.error(`${error.message}\nUsage: rapport ${command.usage}`);
      return 2;
    }
    if (!(error instanceof StartupError) && !(error instanceof DomainError)) throw error;
    console.error(error.message);
    return 1;
  }
}

function explain(word: string | undefined): number {
  if (word === undefined || word === "help" || word === "--help") {
    console.log(usage());
    return 0;
  }
  console.error(usage());
  return 2;
}

/** node:util says so of an option or word that a command does not take. */
function isArgumentError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}
