// Did you mean: the known word that is nearest to the one that was written.
import { distance } from "fastest-levenshtein";

// What people type out of AWS's own names and other tools; the key is in lower case without separators.
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  accountid: ["account"],
  awsaccount: ["account"],
  awsregion: ["region"],
  bucket: ["tableBucket", "location"],
  clusteridentifier: ["cluster"],
  column: ["field"],
  connectionname: ["connection"],
  conversionspec: ["format"],
  databasename: ["database"],
  db: ["database"],
  ddb: ["dynamodb"],
  dynamo: ["dynamodb"],
  env: ["environment"],
  envs: ["environments"],
  epochmillis: ["epoch_milli"],
  epochms: ["epoch_milli"],
  epochseconds: ["epoch_sec"],
  eventbus: ["eventBusArn"],
  facebook: ["facebook-ads"],
  fieldname: ["field"],
  filter: ["dataFilter"],
  functionspec: ["function"],
  glue: ["glue-database"],
  gluedb: ["glue-database"],
  iceberg: ["glue-database"],
  instagram: ["instagram-ads"],
  integrationname: ["name"],
  interval: ["refreshInterval"],
  iso8601: ["iso"],
  kmskey: ["kmsKeyArn"],
  kmskeyid: ["kmsKeyArn"],
  locationuri: ["location"],
  millis: ["epoch_milli"],
  milliseconds: ["epoch_milli"],
  no: ["none"],
  nounnest: ["none"],
  odb: ["oracle"],
  pardot: ["salesforce-account-engagement"],
  partition: ["partitionBy"],
  partitions: ["partitionBy"],
  partitionspec: ["partitionBy"],
  path: ["location"],
  preventdestroy: ["protect"],
  refresh: ["refreshInterval"],
  rms: ["redshift-managed-storage"],
  role: ["roleArn"],
  s3: ["location", "glue-database"],
  s3location: ["location"],
  s3uri: ["location"],
  sap: ["sap-odata"],
  seconds: ["epoch_sec"],
  sfdc: ["salesforce"],
  stack: ["stacks"],
  state: ["backend"],
  tablename: ["table"],
  targetrolearn: ["roleArn"],
  targettablename: ["targetTable"],
  toplevelonly: ["top-level"],
  unnesting: ["unnest"],
  unnestspec: ["unnest"],
  uri: ["location"],
  zoho: ["zoho-crm"],
};

/** The known word that was probably meant, or nothing when none is near. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const plain = plainly(word);
  if (plain === "") return undefined;
  const same = known.find((candidate) => plainly(candidate) === plain);
  if (same !== undefined) return same;
  const synonyms = Object.hasOwn(SYNONYMS, plain) ? (SYNONYMS[plain] ?? []) : [];
  const synonym = synonyms.find((candidate) => known.includes(candidate));
  if (synonym !== undefined) return synonym;
  return nearest(plain, known);
}

/** The remedy that names the word that was probably meant; spread it into the details of an issue. */
export function didYouMean(
  word: string,
  known: readonly string[],
  otherwise?: string,
): { readonly remedy?: string } {
  const meant = suggest(word, known);
  if (meant !== undefined) return { remedy: `did you mean ${JSON.stringify(meant)}?` };
  return otherwise === undefined ? {} : { remedy: otherwise };
}

function plainly(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

function nearest(plain: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, steps: distance(plain, plainly(candidate)) }))
    .sort((a, b) => a.steps - b.steps);
  const best = ranked[0];
  // A third of the letters, and two where letters changed places: "tabel" is near "table", "foo" is near nothing.
  const most = plain.length < 4 ? 1 : Math.max(2, Math.floor(plain.length / 3));
  return best !== undefined && best.steps <= most ? best.candidate : undefined;
}
