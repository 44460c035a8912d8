import Fastify from "fastify";

// What the framework alone answers: one route, one constant, no hook.
const app = Fastify();
app.get("/", { schema: { response: { 200: { type: "object", properties: { ok: { type: "boolean" } } } } } }, () => ({
  ok: true,
}));
await app.listen({ port: Number(process.argv[2]), host: "127.0.0.1" });
process.send?.("ready");
