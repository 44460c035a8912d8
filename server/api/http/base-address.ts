import type { FastifyRequest } from "fastify";

/** Where this installation is reached, without a slash at its end: as its operator says, else as this request came. */
export function baseAddress({ protocol, host }: FastifyRequest, publicUrl: string | undefined): string {
  return publicUrl?.replace(/\/$/, "") ?? `${protocol}://${host}`;
}
