// A declaration as its user would write it for another purpose or another account: changes of the text, which the app reads.
import { parseDocument } from "yaml";
import type { Declaration } from "../../lib/spec";
import { formatLocatedIssues, parseDeclaration } from "../../lib/spec";

/** Whatever is not changed reads as it did, so that further changes find it. */
const FORMAT = { lineWidth: 0, flowCollectionPadding: false };

export function parsed(text: string): Declaration {
  const { declaration, issues } = parseDeclaration(text, "zero-etl.yaml");
  if (declaration === undefined) throw new Error(formatLocatedIssues(issues));
  return declaration;
}

/** The same declaration with every integration open to being destroyed. */
export function unprotected(text: string): string {
  const document = parseDocument(text);
  for (const [stack, { integrations }] of Object.entries(parsed(text).stacks)) {
    for (const label of Object.keys(integrations)) {
      document.setIn(["stacks", stack, "integrations", label, "protect"], false);
    }
  }
  return document.toString(FORMAT);
}

/**
 * The same declaration for somebody who may enter every account: each environment that names its account takes the profile of
 * that name. Where another environment names the role that deploys into it, the provider of that role's account takes it on.
 */
export function withCredentials(text: string): string {
  const document = parseDocument(text);
  const environments = Object.entries(parsed(text).environments);
  const deployers = environments.flatMap(([, { deployerArn }]) => deployerArn ?? []);
  for (const [label, { account, assumeRoleArn }] of environments) {
    if (account === undefined) continue;
    document.setIn(["environments", label, "profile"], account);
    const deployer = deployers.find((arn) => arn.split(":")[4] === account);
    if (assumeRoleArn === undefined && deployer !== undefined)
      document.setIn(["environments", label, "assumeRoleArn"], deployer);
  }
  return document.toString(FORMAT);
}
