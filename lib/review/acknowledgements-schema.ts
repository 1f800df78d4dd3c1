// The JSON Schema by which editors complete and check a file of acknowledgements.
import { ACKNOWLEDGEMENTS_VERSION, SHORTEST_REASON } from "./acknowledgements-file";

/** The schema as it is published: draft-07, which editors support best. */
export function acknowledgementsSchema(rules: readonly string[]): object {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "cdktf-glue-zero-etl acknowledgements",
    type: "object",
    required: ["version", "acknowledgements"],
    additionalProperties: false,
    properties: {
      version: { const: ACKNOWLEDGEMENTS_VERSION, description: "Version of the file format." },
      acknowledgements: {
        type: "array",
        description: "Findings that are accepted, each for a while.",
        items: {
          type: "object",
          required: ["rule", "address", "reason", "expires"],
          additionalProperties: false,
          properties: {
            rule: { enum: rules, description: "Id of the rule." },
            address: {
              type: "string",
              minLength: 1,
              description:
                "Terraform address of the resource, or its beginning and a star for every address that begins so.",
              examples: ["aws_cloudcontrolapi_resource.orders-to-lake", "aws_iam_role.*"],
            },
            stack: { type: "string", minLength: 1, description: "Label of the stack; absent: every stack." },
            reason: {
              type: "string",
              minLength: SHORTEST_REASON,
              description: "Why it is acceptable; it is shown with the finding.",
            },
            expires: {
              type: "string",
              pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
              description: "Last day on which it holds, in UTC; the finding counts again after it.",
              examples: ["2027-03-31"],
            },
          },
        },
      },
    },
  };
}
