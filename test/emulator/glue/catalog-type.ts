// AWS::Glue::Catalog, over the same state as the Glue API.
import catalogSchema from "../schemas/aws-glue-catalog.json";
import { withoutUndefined } from "../glue-output";
import type { Caller } from "../operation";
import { type ModelTag, type ResourceSchema, type ResourceType, notFound } from "../resource-types";
import type { JsonObject } from "../wire";
import type { CatalogInput, GlueCatalog, GlueCatalogs } from "./catalogs";

interface CatalogModel extends CatalogInput {
  readonly Name: string;
  readonly Tags?: readonly ModelTag[];
}

export class CatalogType implements ResourceType {
  readonly schema: ResourceSchema = catalogSchema;

  constructor(private readonly catalogs: GlueCatalogs) {}

  async create(caller: Caller, model: JsonObject): Promise<string> {
    const { Name, Tags = [], ...input } = model as unknown as CatalogModel;
    return this.catalogs.create(caller, Name, input, tagsOf(Tags)).arn;
  }

  async read(caller: Caller, identifier: string): Promise<JsonObject> {
    const { arn, account, name, input, tags, createTime } = this.find(caller, identifier);
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    const {
      OverwriteChildResourcePermissionsWithDefault: _writeOnly,
      CatalogProperties,
      ...readable
    } = input as JsonObject;
    return withoutUndefined({
      ...readable,
      CatalogProperties,
      Name: name,
      ResourceArn: arn,
      CatalogId: `${account}:${name}`,
      CreateTime: createTime,
      UpdateTime: createTime,
      Tags: Tags.length === 0 ? undefined : Tags,
    });
  }

  async update(caller: Caller, identifier: string, model: JsonObject): Promise<void> {
    const catalog = this.find(caller, identifier);
    const { Description, FederatedCatalog, CatalogProperties, TargetRedshiftCatalog, Parameters, Tags } =
      model as unknown as CatalogModel;
    const input = { Description, FederatedCatalog, CatalogProperties, TargetRedshiftCatalog, Parameters };
    this.catalogs.update(catalog.arn, withoutUndefined(input) as CatalogInput);
    catalog.tags = tagsOf(Tags);
  }

  async delete(caller: Caller, identifier: string): Promise<void> {
    this.catalogs.delete(this.find(caller, identifier).arn);
  }

  list(caller: Caller): string[] {
    return this.catalogs.list(caller).map(({ arn }) => arn);
  }

  private find(caller: Caller, identifier: string): GlueCatalog {
    const found = this.catalogs.list(caller).find(({ arn }) => arn === identifier);
    if (found === undefined) throw notFound(this.schema.typeName, identifier);
    return found;
  }
}

function tagsOf(tags: readonly ModelTag[] = []): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key, Value = "" }) => [Key, Value]));
}
