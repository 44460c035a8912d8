import type * as View from "../../../../shared/v1/pipeline.ts";
import type { Pipeline } from "../../../domain/deals/pipeline.ts";

export function presentPipeline(pipeline: Pipeline): View.Pipeline {
  return {
    id: pipeline.id,
    name: pipeline.name,
    is_default: pipeline.isDefault,
    position: pipeline.position,
    stages: pipeline.stages.map((stage) => ({
      id: stage.id,
      name: stage.name,
      stage: stage.stage,
      probability: stage.probability,
      position: stage.position,
    })),
    created_at: pipeline.createdAt,
    updated_at: pipeline.updatedAt,
  };
}
