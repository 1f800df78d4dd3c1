// Puts into the accounts what a declaration says exists already, each thing where its environment is.
import type { Declaration, OracleSourceSpec, SourceSpec, TargetSpec } from "../../lib/spec";
import type { EmulatedAccount } from "./account";
import { parsed, withCredentials } from "./declaration-text";
import { namespaceIdOf } from "./expected/arns";
import { ORACLE_KEY, ORACLE_SECRET } from "./expected/oracle";
import { type Place, placeOf } from "./expected/pairs";

export interface Seeded {
  /** The declaration with the keys and secrets of the account: nobody can choose their ids, not even in an emulated one. */
  readonly text: string;
  readonly declaration: Declaration;
}

/** Opens an account and region. */
export type Accounts = (place: Place) => EmulatedAccount;

export async function seed(accounts: Accounts, text: string, defaultAccount: string): Promise<Seeded> {
  const known = withCredentials(await withKeysAndSecrets(accounts, text));
  const declaration = parsed(known);
  const making = new Making(accounts);
  for (const [stack, { sources, targets }] of Object.entries(declaration.stacks)) {
    for (const spec of Object.values(sources)) {
      await making.source(placeOf(declaration, { stack, spec }, defaultAccount), spec);
    }
    for (const spec of Object.values(targets)) {
      await making.target(placeOf(declaration, { stack, spec }, defaultAccount), spec);
    }
  }
  for (const { deployerArn } of Object.values(declaration.environments)) await making.role(deployerArn);
  return { text: known, declaration };
}

/** Makes everything once, however many sources and targets name it. */
class Making {
  private readonly made = new Set<string>();

  constructor(private readonly accounts: Accounts) {}

  async source(place: Place, source: SourceSpec): Promise<void> {
    const { seeding } = this.accounts(place);
    if (source.type === "dynamodb") {
      const { table, kmsKeyArn } = source;
      await this.once(place, `table ${table}`, () =>
        this.accounts(place).createTable(table, kmsKeyArn === undefined ? {} : { encryption: { kmsKeyArn } }),
      );
    } else if (source.type === "oracle") {
      const id = source.arn.split("/").at(-1) ?? "";
      await this.once(place, source.arn, () =>
        seeding.vmCluster(id, { id, autonomous: source.arn.includes("autonomous") }),
      );
    } else {
      const { connection, type, roleArn } = source;
      await this.once(place, `connection ${connection}`, () =>
        seeding.connection(connection, CONNECTION_TYPES[type]),
      );
      await this.role(roleArn);
    }
  }

  async target(place: Place, target: TargetSpec): Promise<void> {
    await this.kindOf(place, target);
    const { connection, roleArn } = target;
    if (connection !== undefined) {
      await this.once(place, `connection ${connection}`, () =>
        this.accounts(place).seeding.connection(connection, "NETWORK"),
      );
    }
    await this.role(roleArn);
  }

  /** A role that may do everything: its permissions are the business of whoever brings it along. */
  async role(arn: string | undefined): Promise<void> {
    if (arn === undefined) return;
    const place = { account: arn.split(":")[4] ?? "", region: "us-east-1" };
    await this.once(place, arn, () => this.accounts(place).seeding.glueRole(arn.split("/").at(-1) ?? ""));
  }

  private async kindOf(place: Place, target: TargetSpec): Promise<void> {
    const account = this.accounts(place);
    const { seeding } = account;
    switch (target.type) {
      case "glue-database":
        if (target.create === false) await account.createDatabase(target.database, target.location);
        if (target.lakeFormation === true) await seeding.lakeFormation();
        return;
      case "s3-tables": {
        const { catalog = "s3tablescatalog", createCatalog, create, tableBucket } = target;
        if (createCatalog !== true)
          await this.once(place, `catalog ${catalog}`, () => seeding.tableBucketsCatalog(catalog));
        if (create !== true)
          await this.once(place, `bucket ${tableBucket}`, () => seeding.tableBucket(tableBucket));
        return;
      }
      case "redshift-managed-storage":
        await this.once(place, `catalog ${target.catalog}`, () =>
          seeding.managedStorageCatalog(target.catalog),
        );
        return;
      case "redshift":
        await this.warehouse(place, target);
    }
  }

  private async warehouse(
    place: Place,
    { cluster, workgroup, namespaceArn }: TargetSpec & { type: "redshift" },
  ): Promise<void> {
    const { seeding } = this.accounts(place);
    const name = cluster ?? workgroup ?? "by-namespace";
    const namespaceId = namespaceArn?.split(/[:/]/).at(-1) ?? namespaceIdOf(name);
    const provisioned = cluster !== undefined || namespaceArn?.includes(":namespace:") === true;
    await this.once(place, `warehouse ${name}`, () =>
      provisioned ? seeding.cluster(name, { namespaceId }) : seeding.workgroup(name, { namespaceId }),
    );
  }

  private async once(place: Place, what: string, make: () => Promise<unknown>): Promise<void> {
    const key = `${place.account} ${place.region} ${what}`;
    if (this.made.has(key)) return;
    this.made.add(key);
    await make();
  }
}

/** What AWS calls the products. */
const CONNECTION_TYPES: Readonly<Record<Exclude<SourceSpec["type"], "dynamodb" | "oracle">, string>> = {
  salesforce: "SALESFORCE",
  "salesforce-account-engagement": "SALESFORCEPARDOT",
  "sap-odata": "SAPODATA",
  servicenow: "SERVICENOW",
  zendesk: "ZENDESK",
  "zoho-crm": "ZOHOCRM",
  "facebook-ads": "FACEBOOKADS",
  "instagram-ads": "INSTAGRAMADS",
};

async function withKeysAndSecrets(accounts: Accounts, text: string): Promise<string> {
  const oracles = Object.values(parsed(text).stacks)
    .flatMap(({ sources }) => Object.values(sources))
    .filter((source): source is OracleSourceSpec => source.type === "oracle");
  const made = new Map<string, string>();
  for (const arn of new Set(text.match(/arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[0-9a-f-]+/g))) {
    const statements = oracles.some(({ kmsKeyArn }) => kmsKeyArn === arn) ? ORACLE_KEY : [];
    made.set(arn, await accounts(placeOfArn(arn)).seeding.key(...statements));
  }
  for (const { secretArn, kmsKeyArn = "" } of oracles) {
    if (made.has(secretArn)) continue;
    const [, name = ""] = /:secret:(.+)-\w{6}$/.exec(secretArn) ?? [];
    const secret = { kmsKeyArn: made.get(kmsKeyArn) ?? kmsKeyArn, statements: ORACLE_SECRET };
    made.set(secretArn, await accounts(placeOfArn(secretArn)).seeding.secret(name, secret));
  }
  return [...made].reduce((result, [written, actual]) => result.replaceAll(written, actual), text);
}

function placeOfArn(arn: string): Place {
  const [, , , region = "", account = ""] = arn.split(":");
  return { account, region };
}
