import { enableCompileCache } from "node:module";

// Stripping types and compiling 500 files costs half a second a start; the cache is Node's own and checks each file's content.
enableCompileCache();
const { run } = await import("./cli/run.ts");
process.exitCode = await run(process.argv.slice(2), process.env);
