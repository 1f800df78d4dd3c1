import { exportingIntegrationRules, integrationsOf } from "../../../lib/rules/exporting-integrations";
import { lines, said } from "./said";

const GLUE = "arn:aws:glue:us-east-1:111122223333:integration:0a1b";
const REDSHIFT = "arn:aws:redshift:us-east-1:111122223333:integration:2c3d";

test("integrations belong to the API that made them", () => {
  expect(integrationsOf("glue", [GLUE, REDSHIFT])).toEqual([GLUE]);
  expect(integrationsOf("redshift", [GLUE, REDSHIFT])).toEqual([REDSHIFT]);
  expect(integrationsOf("redshift", [])).toEqual([]);
});

test("an ARN that only Terraform knows may be one of any", () => {
  const token = "${TfToken[TOKEN.1]}";
  expect(integrationsOf("glue", [token, REDSHIFT])).toEqual([token]);
  expect(integrationsOf("redshift", [token, GLUE])).toEqual([token]);
});

test("a list without any of the API fails, for the integration at hand could not export", () => {
  expect(said(exportingIntegrationRules("redshift", [GLUE]))).toBe(
    lines(
      "integrationArns: error: integrationArns names no integration of the Redshift API, which makes integrations into this target [no-exporting-integration]",
      `  got:      ${GLUE}`,
      "  expected: arn:aws:redshift:us-east-1:111122223333:integration:id",
      "  remedy:   remove integrationArns until the integration exists, then name it as well",
    ),
  );
  expect(exportingIntegrationRules("glue", [REDSHIFT])).toMatchObject([
    {
      message:
        "integrationArns names no integration of the Glue API, which makes integrations into this target",
    },
  ]);
});

test("no list, or one with an integration of the API, is fine", () => {
  expect(exportingIntegrationRules("redshift", undefined)).toEqual([]);
  expect(exportingIntegrationRules("redshift", [GLUE, REDSHIFT])).toEqual([]);
});
