import { totalmem } from "node:os";
import { socketPort } from "./socket-folder.ts";

export type ServerPlan = {
  cluster: string;
  socket: string;
  version: string;
  /** Beyond our own, and stronger: tests switch fsync off. */
  settings?: Record<string, string>;
};

/** The command line of the postmaster, sized for this machine. Equal plans give equal lines, which is what adoption compares. */
export function serverArguments(plan: ServerPlan): string[] {
  const settings = { ...fixedSettings, ...memorySettings(machineMemoryMb()), ...ownSettings(plan), ...plan.settings };
  return ["-D", plan.cluster, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}

const fixedSettings = {
  listen_addresses: "",
  port: String(socketPort),
  unix_socket_permissions: "0700",
  max_connections: "60",
  work_mem: "16MB",
  max_wal_size: "2GB",
  random_page_cost: "1.1",
  jit: "off",
  max_parallel_workers_per_gather: "0",
  // The launcher of a feature that is not used costs a process.
  max_logical_replication_workers: "0",
  // A young database must not wait a minute for its first statistics: until then the planner reads whole tables for each batch.
  autovacuum_naptime: "10s",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
  // Failed statements reach the application as errors; in the log their texts would spread what customers wrote.
  log_min_messages: "log",
  log_min_error_statement: "panic",
};

/** An eighth of the memory for PostgreSQL's own cache, never more than 512 MB: the rest is the file system's. */
export function memorySettings(memoryMb: number): Record<string, string> {
  const sharedMb = Math.min(512, Math.max(64, Math.floor(memoryMb / 8)));
  return {
    shared_buffers: `${sharedMb}MB`,
    effective_cache_size: `${Math.max(128, Math.floor(memoryMb / 2))}MB`,
    maintenance_work_mem: `${Math.max(32, sharedMb / 4)}MB`,
  };
}

/** The machine's memory, or the container's share of it. */
function machineMemoryMb(): number {
  const limit = process.constrainedMemory();
  const bytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return Math.floor(bytes / 1_048_576);
}

function ownSettings(plan: ServerPlan): Record<string, string> {
  return {
    // A list of quoted names, so that a comma in a path is no separator.
    unix_socket_directories: `"${plan.socket.replaceAll('"', '""')}"`,
    // Carries the version into the command line: a postmaster of older binaries is then restarted, not adopted.
    cluster_name: `rapport-${plan.version}`,
  };
}
