import { type Static, Type } from "typebox";
import { dealStageWords } from "../deal-stages.ts";
import { id, oneOf, text, time } from "./fields.ts";

export const PipelineStage = Type.Object({
  id,
  name: Type.String(),
  stage: oneOf(dealStageWords),
  probability: Type.Integer(),
  position: Type.Integer(),
});

export const Pipeline = Type.Object(
  {
    id,
    name: Type.String(),
    is_default: Type.Boolean(),
    position: Type.Integer(),
    stages: Type.Array(PipelineStage),
    created_at: time,
    updated_at: time,
  },
  { title: "Pipeline" },
);
export type Pipeline = Static<typeof Pipeline>;

const percentage = Type.Integer({ minimum: 0, maximum: 100 });
const place = Type.Integer({ minimum: 0, maximum: 1_000 });

export const NewStage = Type.Object({
  name: text(200),
  stage: oneOf(dealStageWords),
  probability: Type.Optional(percentage),
  position: Type.Optional(place),
});
export type NewStage = Static<typeof NewStage>;

export const StagePatch = Type.Object({
  name: Type.Optional(text(200)),
  probability: Type.Optional(percentage),
  position: Type.Optional(place),
});

export const NewPipeline = Type.Object({
  name: text(200),
  position: Type.Optional(place),
  stages: Type.Optional(Type.Array(Type.Omit(NewStage, ["position"]), { maxItems: 50 })),
});

export const PipelinePatch = Type.Object({
  name: Type.Optional(text(200)),
  position: Type.Optional(place),
  is_default: Type.Optional(
    Type.Literal(true, { description: "The default moves here; it is never merely taken away." }),
  ),
});
