import fastJsonStringify from "fast-json-stringify";
import type { FastifySerializerCompiler } from "fastify";

/**
 * Serializers compiled from the response schemas, each at its first use: compiling all of them at start costs a third of a second
 * and 40 MB.
 */
export const serializerCompiler: FastifySerializerCompiler<object> = ({ schema }) => {
  let stringify: ((data: unknown) => string) | undefined;
  return (data: unknown) => {
    stringify ??= fastJsonStringify({ ...schema });
    return stringify(data);
  };
};
