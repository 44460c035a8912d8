import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import type { FastifySchemaCompiler } from "fastify";

// strictNumbers: 1e400 is read as Infinity, which no column holds.
const common = {
  ...{ allErrors: true, strict: false, strictNumbers: true },
  ...{ useDefaults: true, removeAdditional: false },
} as const;
// A query is text, so numbers are read out of it; a body has types of its own, and coercion would turn null into 0.
const lenient = new Ajv({ ...common, coerceTypes: "array" });
const exact = new Ajv(common);

/**
 * JSON Schema validation: types are read out of query, path and headers, and taken as they are in a body. Each schema is compiled at
 * its first use, because most routes of a process are never called.
 */
export const validatorCompiler: FastifySchemaCompiler<object> = ({ schema, httpPart }) => {
  let validate: ValidateFunction | undefined;
  return (data: unknown) => {
    validate ??= (httpPart === "body" ? exact : lenient).compile(schema);
    if (validate(data)) return true;
    return { error: new ValidationFailed(validate.errors ?? []) };
  };
};

/** Fastify reads the list of problems off an error. */
class ValidationFailed extends Error {
  readonly validation: ErrorObject[];
  constructor(problems: ErrorObject[]) {
    super("The request does not fit its schema.");
    this.validation = problems;
  }
}
