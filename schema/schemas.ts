// Every published JSON Schema by its file.
import { acknowledgementsSchema } from "../lib/review/acknowledgements-schema";
import { reportSchema } from "../lib/review/formats/json-schema";
import { REVIEW_RULES } from "../lib/review/rules";
import { publishedSchema } from "../lib/spec/published-schema";
import { statusSchema } from "../lib/status/published-schema";

export const SCHEMAS: Readonly<Record<string, () => object>> = {
  "zero-etl.schema.json": publishedSchema,
  "zero-etl-acknowledgements.schema.json": () => acknowledgementsSchema(REVIEW_RULES.map(({ id }) => id)),
  "zero-etl-review.schema.json": reportSchema,
  "zero-etl-status.schema.json": statusSchema,
};
