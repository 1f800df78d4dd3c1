// Validators of what formats write.
import type { ValidateFunction } from "ajv";
import Ajv from "ajv";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { reportSchema } from "../../../../lib/review/formats/json-schema";

/** Of the published schema of the report, to which nothing may be added: so that it cannot miss a member. */
export function reportValidator(): ValidateFunction {
  return new Ajv({ strict: false }).compile(closed(reportSchema()) as object);
}

/** Of SARIF 2.1.0, as @microsoft/jest-sarif 1.0.0-beta.0 publishes it. Of what it uses, draft-04 and draft-07 mean the same. */
export function sarifValidator(): ValidateFunction {
  const {
    $schema: _,
    id: __,
    ...schema
  } = JSON.parse(readFileSync(join(__dirname, "sarif-schema-2.1.0.json"), "utf8")) as Readonly<
    Record<string, unknown>
  >;
  return new Ajv({
    strict: false,
    allErrors: true,
    unicodeRegExp: false,
    formats: {
      uri: (text: string) => URL.canParse(text),
      "uri-reference": (text: string) => /^[\w.~!$&'()*+,;=:@/?#%-]*$/.test(text),
      "date-time": true,
    },
  }).compile(schema);
}

function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== "object") return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, member]) => [key, closed(member)]));
  return "properties" in copy ? { ...copy, additionalProperties: false } : copy;
}
