// Catalogs below the default one: moto has no catalog API. A catalog of all table buckets has one child for each bucket.
import type { Caller, Operations } from "../operation";
import type { ZeroEtlState } from "../state";
import { AwsError, type JsonObject } from "../wire";

/** The members that a caller gives, in the words of `CatalogInput`, which are CloudFormation's as well. */
export interface CatalogInput {
  readonly Description?: string;
  readonly FederatedCatalog?: { readonly Identifier?: string; readonly ConnectionName?: string };
  readonly CatalogProperties?: {
    readonly DataLakeAccessProperties?: { readonly CatalogType?: string; readonly DataTransferRole?: string };
  };
  readonly TargetRedshiftCatalog?: { readonly CatalogArn?: string };
  readonly Parameters?: Readonly<Record<string, string>>;
}

export interface GlueCatalog {
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly name: string;
  input: CatalogInput;
  tags: Readonly<Record<string, string>>;
  readonly createTime: number;
}

export const S3_TABLES_CONNECTION = "aws:s3tables";
export const REDSHIFT_CATALOG = "aws:redshift";

export class GlueCatalogs {
  constructor(private readonly state: ZeroEtlState) {}

  create(caller: Caller, name: string, input: CatalogInput, tags: GlueCatalog["tags"] = {}): GlueCatalog {
    const { account, region } = caller;
    if (!/^(?!(.*[./\\]|aws:)).{1,64}$/.test(name)) {
      throw new AwsError("InvalidInputException", `Catalog name ${name} is not valid.`);
    }
    const arn = catalogArnOf(caller, name);
    if (this.state.catalogs.has(arn)) {
      throw new AwsError("AlreadyExistsException", `Catalog ${name} already exists.`);
    }
    refuseInput(caller, input);
    const createTime = Math.floor(Date.now() / 1000);
    const catalog: GlueCatalog = { arn, account, region, name, input, tags, createTime };
    this.state.catalogs.set(arn, catalog);
    return catalog;
  }

  get(arn: string): GlueCatalog {
    const found = this.state.catalogs.get(arn);
    if (found === undefined) {
      throw new AwsError("EntityNotFoundException", `Catalog ${arn.split("catalog/")[1] ?? arn} not found.`);
    }
    return found;
  }

  update(arn: string, input: CatalogInput): void {
    const catalog = this.get(arn);
    refuseInput(catalog, input);
    catalog.input = input;
  }

  delete(arn: string): void {
    this.get(arn);
    this.state.catalogs.delete(arn);
  }

  list({ account, region }: Caller): GlueCatalog[] {
    return [...this.state.catalogs.values()].filter(
      (one) => one.account === account && one.region === region,
    );
  }
}

export function catalogOperations(catalogs: GlueCatalogs): Operations {
  /** The API takes a catalog's id with or without the account in front of it. */
  const arnIn = (caller: Caller, input: JsonObject): string => {
    const id = String(input["CatalogId"]);
    return id.startsWith("arn:") ? id : catalogArnOf(caller, id.replace(/^\d{12}:/, ""));
  };
  return {
    "glue.CreateCatalog": ({ caller, input }) => {
      const tags = (input["Tags"] ?? {}) as Record<string, string>;
      catalogs.create(
        caller,
        String(input["Name"] ?? ""),
        (input["CatalogInput"] ?? {}) as CatalogInput,
        tags,
      );
      return {};
    },
    "glue.GetCatalog": ({ caller, input }) => ({ Catalog: present(catalogs.get(arnIn(caller, input))) }),
    "glue.GetCatalogs": ({ caller }) => ({ CatalogList: catalogs.list(caller).map(present) }),
    "glue.UpdateCatalog": ({ caller, input }) => {
      catalogs.update(arnIn(caller, input), (input["CatalogInput"] ?? {}) as CatalogInput);
      return {};
    },
    "glue.DeleteCatalog": ({ caller, input }) => {
      catalogs.delete(arnIn(caller, input));
      return {};
    },
  };
}

export function catalogArnOf({ account, region }: Pick<Caller, "account" | "region">, name: string): string {
  return `arn:aws:glue:${region}:${account}:catalog/${name}`;
}

function refuseInput({ account, region }: Pick<Caller, "account" | "region">, input: CatalogInput): void {
  const { FederatedCatalog: federated, CatalogProperties } = input;
  const buckets = `arn:aws:s3tables:${region}:${account}:bucket/`;
  if (
    federated?.ConnectionName === S3_TABLES_CONNECTION &&
    federated.Identifier?.startsWith(buckets) !== true
  ) {
    throw new AwsError(
      "InvalidInputException",
      `A catalog federated to ${S3_TABLES_CONNECTION} needs an identifier like ${buckets}*.`,
    );
  }
  const access = CatalogProperties?.DataLakeAccessProperties;
  if (access?.CatalogType === REDSHIFT_CATALOG && access.DataTransferRole === undefined) {
    throw new AwsError(
      "InvalidInputException",
      `A catalog of type ${REDSHIFT_CATALOG} needs a DataTransferRole.`,
    );
  }
}

function present({ arn, account, name, input, createTime }: GlueCatalog): JsonObject {
  return {
    CatalogId: `${account}:${name}`,
    Name: name,
    ResourceArn: arn,
    CreateTime: createTime,
    UpdateTime: createTime,
    ...input,
  };
}
