import pg from "pg";
import { DatabaseUnavailable } from "./connection.ts";

// 57P: the server stops or starts; 53300: no connection left; 08: the connection broke; 25006: a primary became a replica.
const passingCodes = /^(57P0|53300|08|25006)/;
const passingSystemCodes = new Set(["ECONNREFUSED", "ECONNRESET", "ENOENT", "EPIPE", "ETIMEDOUT", "EACCES"]);
const passingMessages =
  /Connection terminated|timeout exceeded when trying to connect|not queryable|Client was closed|Client has encountered a connection error/;

/** The same error, or DatabaseUnavailable where it means that the database cannot be reached just now. */
export function unavailable(error: unknown): unknown {
  if (error instanceof DatabaseUnavailable) return error;
  return isPassing(error) ? new DatabaseUnavailable(error) : error;
}

function isPassing(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return passingCodes.test(error.code ?? "");
  if (!(error instanceof Error)) return false;
  if ("code" in error && typeof error.code === "string" && passingSystemCodes.has(error.code)) return true;
  return passingMessages.test(error.message);
}
