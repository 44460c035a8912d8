import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { type Effort, measureSize } from "./measure-size.ts";
import { type BenchResult, publish, table } from "./results.ts";

const { values } = parseArgs({
  options: {
    contacts: { type: "string", default: "100000,1000000" },
    only: { type: "string", default: "" },
    seconds: { type: "string", default: "5" },
    rounds: { type: "string", default: "3" },
    keep: { type: "boolean", default: false },
  },
});

// What runs in sessions of their own ends with this one.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

const effort: Effort = {
  seconds: Number(values.seconds),
  rounds: Number(values.rounds),
  only: values.only,
  keepsFolder: values.keep,
};
const result: BenchResult = {
  at: new Date().toISOString(),
  node: process.versions.node,
  machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown"}`,
  seconds: effort.seconds,
  rounds: effort.rounds,
  sizes: [],
};
for (const contacts of values.contacts.split(",").map(Number)) {
  result.sizes.push(await measureSize(contacts, effort));
  // A part of the requests is for trying something out; the published table is one whole run. Each size as it is done: a larger one may fail.
  if (effort.only === "") await publish(result);
}
console.log(`\n${table(result)}`);
