// The registry we install from lacks some platforms' builds of our tools, and npm then leaves them out of the lock and refuses its own
// lock at "npm ci". They are optional and never fetched on another platform, so naming them is enough. Run after every npm install.
import { readFileSync, writeFileSync } from "node:fs";

const path = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(path, "utf8"));
const systems = {
  android: /android/,
  darwin: /darwin/,
  freebsd: /freebsd/,
  openharmony: /openharmony/,
  win32: /win32/,
};
const processors = {
  arm64: /arm64/,
  x64: /x64/,
  arm: /-arm-/,
  ia32: /ia32/,
  ppc64: /ppc64/,
  riscv64: /riscv64/,
  s390x: /s390x/,
};

let added = 0;
for (const parent of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const entry = `node_modules/${name}`;
    if (lock.packages[entry] || !/^\d/.test(version)) continue;
    const os = Object.keys(systems).find((system) => systems[system].test(name)) ?? "linux";
    const cpu = Object.keys(processors).find((processor) => processors[processor].test(name)) ?? "none";
    const libc = os === "linux" ? { libc: [/musl/.test(name) ? "musl" : "glibc"] } : {};
    lock.packages[entry] = {
      version,
      cpu: [cpu],
      ...(parent.dev ? { dev: true } : {}),
      optional: true,
      os: [os],
      ...libc,
    };
    added += 1;
  }
}
const packages = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`);
console.log(`Added ${added} platform packages to the lock.`);
