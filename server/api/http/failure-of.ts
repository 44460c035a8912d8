import type { FastifyError } from "fastify";
import pg from "pg";
import { DatabaseUnavailable } from "../../db/connection.ts";
import { DomainError, type FieldProblem } from "../../domain/domain-error.ts";
import { type Failure, RequestFailure } from "./failure.ts";

/** Reads what was thrown. Whatever nobody foresaw is `internal`, and its text stays in the log. */
export function failureOf(error: unknown): Failure {
  if (error instanceof DomainError) return error.refusal;
  if (error instanceof RequestFailure) return error.failure;
  if (error instanceof DatabaseUnavailable)
    return unavailable("The database cannot be reached just now; nothing was changed.");
  if (error instanceof pg.DatabaseError) return failureOfDatabase(error);
  if (error instanceof Error) return failureOfFramework(error);
  return internal;
}

const internal: Failure = { kind: "internal", message: "Something went wrong on our side." };

function unavailable(message: string): Failure {
  return { kind: "unavailable", retryAfterSeconds: 2, message };
}

function failureOfDatabase(error: pg.DatabaseError): Failure {
  // 22: a value PostgreSQL cannot hold slipped past the schemas. It is the caller's, not ours.
  if (error.code?.startsWith("22")) return { kind: "malformed", message: "A value in the request cannot be stored." };
  // A statement cut off by its timeout, or a deadlock that survived its retries: the same request may pass later.
  if (error.code === "57014" || error.code === "40P01" || error.code === "40001" || error.code === "55P03") {
    return unavailable("The server is too busy for this request just now.");
  }
  return internal;
}

function failureOfFramework(error: Error & Partial<FastifyError>): Failure {
  if (error.validation)
    return { kind: "invalid", problems: error.validation.map((item) => problemOf(item, error.validationContext)) };
  const status = error.statusCode ?? 500;
  if (status === 413) return { kind: "too_large", message: "The request body is too large." };
  if (status === 415) return { kind: "unsupported_media_type", message: "The request body must be application/json." };
  if (status >= 400 && status < 500) return { kind: "malformed", message: error.message };
  return internal;
}

type ValidationItem = NonNullable<FastifyError["validation"]>[number];

const partOf = { body: "body", querystring: "query", params: "path", headers: "header" } as const;

function problemOf(item: ValidationItem, context: FastifyError["validationContext"]): FieldProblem {
  const part = context === undefined ? {} : { part: partOf[context] };
  const parts = item.instancePath.split("/").slice(1);
  const missing = item.params?.missingProperty;
  if (typeof missing === "string") {
    const path = [...parts, missing].join("/");
    return { path, message: `${path} is required`, ...part };
  }
  const path = parts.join("/");
  return { path, message: `${path || (context ?? "body")} ${wording(item)}`, ...part };
}

function wording(item: ValidationItem): string {
  const allowed = item.params?.allowedValues;
  return Array.isArray(allowed)
    ? `must be one of: ${allowed.filter((value) => value !== null).join(", ")}`
    : (item.message ?? "is invalid");
}
