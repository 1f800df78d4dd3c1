// The catalog of the table buckets: one per account and region, for every target that names it.
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { FederatedCatalogLookup } from "../checks/s3-tables-lookup";
import type { Environment } from "../environment";
import { FederatedCatalogResource } from "../resources/federated-catalog-resource";
import { findOrMake, namespace } from "./namespace";
import { Registry } from "./registry";

const LOOKUP = "Lookup";

/** Owner of one catalog: it is looked up, until a target asks that it be made. */
export class FederatedCatalog extends Construct implements ITerraformDependable {
  /** The owner in the environment's stack, made at the first call. */
  static of(environment: Environment, catalog: string): FederatedCatalog {
    const scope = namespace(environment.ownerScope, "FederatedCatalog");
    return findOrMake(scope, catalog, (id) => new FederatedCatalog(scope, id, environment, catalog));
  }

  private element: FederatedCatalogLookup | FederatedCatalogResource;

  private constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
    private readonly catalog: string,
  ) {
    super(scope, id);
    this.element = new FederatedCatalogLookup(this, LOOKUP, environment, catalog);
  }

  /** The address of what stands for the catalog in the end: CDKTF asks for it when it writes, so the order of targets never shows. */
  get fqn(): string {
    return this.element.fqn;
  }

  /** Makes the catalog instead of looking it up. */
  create(): void {
    if (this.element instanceof FederatedCatalogResource) return;
    Registry.of(this).claim({
      document: `the catalog ${this.catalog} of S3 Tables`,
      key: this.environment.key,
      owner: this,
      remedy: "set createCatalog in one stack only: the others find the catalog once that stack is applied",
    });
    this.node.tryRemoveChild(LOOKUP);
    this.element = new FederatedCatalogResource(this, "Resource", this.environment);
  }
}
