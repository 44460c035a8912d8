import swagger, { type FastifyDynamicSwaggerOptions } from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import { objectOf } from "../../../shared/json.ts";
import type { Dialect } from "./surface.ts";

type Described = { name: string; title: string; description: string; dialect: Dialect; otherPaths?: OpenPaths };

export type OpenPaths = NonNullable<NonNullable<FastifyDynamicSwaggerOptions["openapi"]>["paths"]>;

/**
 * The surface's OpenAPI document at `/<name>/openapi.json` and a page to read it at `/<name>/docs`, open to everybody: what explains
 * how to authenticate cannot ask for authentication. Below a prefix, paths are written without it. To be called before the routes are added.
 */
export async function describeSurface(scope: FastifyInstance, described: Described): Promise<void> {
  const { name, title, description, dialect, otherPaths } = described;
  const base = scope.prefix === `/${name}` ? "" : `/${name}`;
  scope.addHook("onRoute", (route) => {
    if (route.url.startsWith(`/${name}/docs`)) route.config = { ...route.config, anonymous: true };
  });
  await scope.register(swagger, {
    transform: ({ schema, url }) => ({ schema, url: url.slice(scope.prefix.length) }),
    transformObject: (document) =>
      "openapiObject" in document ? withNames(withErrors(document.openapiObject, dialect)) : document.swaggerObject,
    openapi: {
      openapi: "3.1.0",
      info: { title, description, version: "1" },
      ...(scope.prefix === "" ? {} : { servers: [{ url: scope.prefix }] }),
      ...(otherPaths ? { paths: otherPaths } : {}),
      components: {
        securitySchemes: {
          bearer: { type: "http", scheme: "bearer" },
          apiKey: { type: "apiKey", in: "header", name: "X-API-Key" },
        },
      },
      security: [{ bearer: [] }, { apiKey: [] }],
    },
  });
  await scope.register(swaggerUi, {
    routePrefix: `${base}/docs`,
    staticCSP: "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'",
    uiConfig: { deepLinking: true },
  });
  scope.get(`${base}/openapi.json`, { schema: { hide: true }, config: { anonymous: true } }, () => scope.swagger());
}

/** Every operation may answer with the surface's error; said once, because a copy in each would be most of the document. */
function withErrors<Document extends { paths?: object; components?: object }>(
  document: Document,
  dialect: Dialect,
): Document {
  const type = dialect.errorType ?? "application/json";
  const response = {
    description: "Refused or failed",
    content: { [type]: { schema: { title: "Error", ...dialect.errorSchema } } },
  };
  const reference = { $ref: "#/components/responses/Error" };
  for (const path of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(objectOf(path) ?? {})) {
      const responses = objectOf(objectOf(operation)?.responses);
      if (responses) Object.assign(responses, { "4XX": reference, "5XX": reference });
    }
  }
  return { ...document, components: { ...document.components, responses: { Error: response } } };
}

/**
 * An object whose schema has a title stands once among the components and is pointed at, so that generated clients have a Contact and no
 * "inline object 47". In the document only: what validates and writes bodies keeps its own whole schemas.
 */
function withNames<Document extends { paths?: object; components?: object }>(document: Document): Document {
  const schemas: Record<string, object> = {};
  const named = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(named);
    if (typeof value !== "object" || value === null) return value;
    const copy = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, named(inner)]));
    const { type, title, properties } = copy;
    if (type !== "object" || typeof title !== "string" || properties === undefined) return copy;
    if (schemas[title] && JSON.stringify(schemas[title]) !== JSON.stringify(copy))
      throw new Error(`Two schemas of this document are called ${title}.`);
    schemas[title] = copy;
    return { $ref: `#/components/schemas/${title}` };
  };
  const { paths, components } = document;
  const said = { ...document, paths: named(paths), components: objectOf(named(components)) };
  return { ...said, components: { ...said.components, schemas: sorted(schemas) } };
}

function sorted(schemas: Record<string, object>): Record<string, object> {
  return Object.fromEntries(Object.entries(schemas).toSorted(([one], [other]) => one.localeCompare(other)));
}
