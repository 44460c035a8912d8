import type { FastifyHelmetOptions } from "@fastify/helmet";

/** What the pages may do in a browser: only what comes from this server, and nothing inline that runs. */
export const pagePolicy: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      // The component library writes style elements. Styles run no code, and none is let in from outside.
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", "data:", "blob:"],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  // Plain http is how a small office reaches it; who puts TLS in front sets this header there.
  strictTransportSecurity: false,
  referrerPolicy: { policy: "same-origin" },
};
