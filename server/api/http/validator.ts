import { Ajv } from "ajv";
import type { FastifySchemaCompiler } from "fastify";

const common = { allErrors: true, strict: false, useDefaults: true, removeAdditional: false } as const;
// A query is text, so numbers are read out of it; a body has types of its own, and coercion would turn null into 0.
const lenient = new Ajv({ ...common, coerceTypes: "array" });
const exact = new Ajv(common);

/** JSON Schema validation: types are read out of query, path and headers, and taken as they are in a body. */
export const validatorCompiler: FastifySchemaCompiler<object> = ({ schema, httpPart }) => (httpPart === "body" ? exact : lenient).compile(schema);
