// What AWS documents of each source that is reached through a Glue connection: a new one of its kind is a new entry here.
import salesforceUnsupported from "./entities/salesforce-unsupported.json";
import servicenowUnsupported from "./entities/servicenow-unsupported.json";
import type { SupportedEntity } from "./entities/supported";
import {
  AD_ENTITIES,
  INSTAGRAM_ENTITIES,
  MARKETING_ENTITIES,
  ZENDESK_ENTITIES,
  ZOHO_ENTITIES,
} from "./entities/supported";
import type { ConnectionSourceKind } from "./kinds";
import { CONNECTION_DEFAULT_REFRESH_INTERVAL } from "./limits";

/**
 * What is known of the entities of a product: `listed` names every one that AWS supports, `except` those that it does not,
 * `any` is for products where customers make their own.
 */
export type EntityFacts =
  | { readonly support: "listed"; readonly entities: readonly SupportedEntity[] }
  | { readonly support: "except"; readonly unsupported: readonly string[] }
  | { readonly support: "any" };

/** What is known of one product. */
export interface Connector {
  /** The product, as the user guide writes it. */
  readonly title: string;
  /** Glue API, Connection.ConnectionType. */
  readonly connectionType: string;
  /** Minutes; what AWS uses when no refresh interval is given. */
  readonly defaultRefreshInterval: number;
  readonly entities: EntityFacts;
}

function connector(title: string, connectionType: string, entities: EntityFacts): Connector {
  return { title, connectionType, defaultRefreshInterval: CONNECTION_DEFAULT_REFRESH_INTERVAL, entities };
}

const listed = (entities: readonly SupportedEntity[]): EntityFacts => ({ support: "listed", entities });
const except = (unsupported: readonly string[]): EntityFacts => ({ support: "except", unsupported });

/** Each connection source, with its entities from the section of the user guide that bears its name. */
export const CONNECTORS: Readonly<Record<ConnectionSourceKind, Connector>> = {
  // In the guide's list a comma is missing between CaseHistory2 and CaseHistory2ChangeEvent: they are two names.
  salesforce: connector("Salesforce", "SALESFORCE", except(salesforceUnsupported)),
  // SALESFORCEMARKETINGCLOUD is another product.
  "salesforce-account-engagement": connector(
    "Salesforce Marketing Cloud Account Engagement",
    "SALESFORCEPARDOT",
    listed(MARKETING_ENTITIES),
  ),
  "sap-odata": connector("SAP OData", "SAPODATA", { support: "any" }),
  servicenow: connector("ServiceNow", "SERVICENOW", except(servicenowUnsupported)),
  zendesk: connector("Zendesk", "ZENDESK", listed(ZENDESK_ENTITIES)),
  "zoho-crm": connector("Zoho CRM", "ZOHOCRM", listed(ZOHO_ENTITIES)),
  "facebook-ads": connector("Facebook Ads", "FACEBOOKADS", listed(AD_ENTITIES)),
  "instagram-ads": connector("Instagram Ads", "INSTAGRAMADS", listed(INSTAGRAM_ENTITIES)),
};

/** How the name of an SAP entity begins whose primary key the user has to give (user guide, "Support for special SAP entities"). */
export const SAP_KEYED_ENTITY_PREFIX = "EntityOf";

/** Stands for the ad account in the names of entities of Facebook Ads and Instagram Ads. */
export const ANY_AD_ACCOUNT = "*";
