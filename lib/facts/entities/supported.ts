// The entities that the user guide lists as supported, product by product, in its order.

/** What can happen to a record of an entity. */
export type EntityOperation = "create" | "update" | "delete";

/** An entity that AWS supports. */
export interface SupportedEntity {
  readonly name: string;
  /** What the user guide calls it. @default none: it has a name only */
  readonly label?: string;
  /** The operations that AWS supports. */
  readonly operations: readonly EntityOperation[];
}

const ALL: readonly EntityOperation[] = ["create", "update", "delete"];
const NO_DELETE: readonly EntityOperation[] = ["create", "update"];

function entity(label: string, name: string, operations = ALL): SupportedEntity {
  return { name, label, operations };
}

/** User guide, "Configuring a Salesforce Marketing Cloud Account Engagement source"; it names no operation that is missing. */
export const MARKETING_ENTITIES: readonly SupportedEntity[] = [
  entity("Campaign", "campaign"),
  entity("List", "list"),
  entity("Dynamic Content", "dynamic-content"),
  entity("List Membership", "list-membership"),
  entity("Prospect", "prospect"),
  entity("User", "user"),
  entity("EmailTemplate", "email-template"),
  entity("EngagementStudioProgram", "engagement-studio-program"),
  entity("Landing Page", "landing-page"),
  entity("List Email", "list-email"),
];

/** User guide, "Configuring a Zendesk source". */
export const ZENDESK_ENTITIES: readonly SupportedEntity[] = [
  entity("Tickets", "tickets"),
  entity("User", "users"),
  entity("Satisfaction Rating", "satisfaction-rating", NO_DELETE),
  entity("Articles", "articles", NO_DELETE),
  entity("Organization", "organizations"),
  entity("Calls", "calls", NO_DELETE),
  entity("Call Legs", "legs", NO_DELETE),
];

/** User guide, "Configuring a Zoho CRM source". */
export const ZOHO_ENTITIES: readonly SupportedEntity[] = [
  entity("Leads", "lead"),
  entity("Accounts", "account"),
  entity("Contacts", "contact"),
  entity("Campaigns", "campaign"),
  entity("Tasks", "task"),
  entity("Events", "event"),
  entity("Calls", "call"),
  entity("Solutions", "solution"),
  entity("Products", "product"),
  entity("Vendors", "vendor"),
  entity("Quotes", "quote"),
  entity("Sales Orders", "sales-order"),
  entity("Purchase Orders", "purchase-order"),
  entity("Invoices", "invoice"),
  entity("Cases", "case"),
  entity("Price Books", "price-book"),
];

/** User guide, "Configuring a Facebook Ads source". */
export const AD_ENTITIES: readonly SupportedEntity[] = [
  entity("Adset", "*/adsets"),
  entity("Campaign", "*/campaigns"),
  entity("Ads", "*/ads"),
];

/** User guide, "Configuring an Instagram Ads source", whose table has no labels. */
export const INSTAGRAM_ENTITIES: readonly SupportedEntity[] = AD_ENTITIES.map(({ name, operations }) => ({
  name,
  operations,
}));
