export type ModelMessage = { role: "system" | "user" | "assistant"; content: string };

export type ModelRequest = {
  url: string;
  key: string | null;
  model: string;
  messages: ModelMessage[];
  maxTokens: number;
  timeoutMs: number;
};

/** Tokens as the endpoint counted them; an endpoint that doesn't count is charged the most it could have used. */
export type ModelAnswer =
  | { kind: "answered"; text: string; inputTokens: number | null; outputTokens: number | null }
  /** `mayCost`: the endpoint may have worked on it all the same. */
  | { kind: "failed"; why: string; mayCost: boolean };

/** The port to a model behind an OpenAI-compatible endpoint. Never throws; every end is an answer. */
export type ModelClient = (request: ModelRequest) => Promise<ModelAnswer>;
