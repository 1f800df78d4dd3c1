// From wanted integrations to what AWS says of them; what cannot be read is said, and the rest is read all the same.
import type { AwsError } from "../operator/aws-error";
import { NOT_FOUND, awsErrorOf, isAwsError } from "../operator/aws-error";
import type { ClientsOf, DescribedIntegration, Place, StatusClients } from "./clients";
import type { TableSync } from "./metrics";
import { readTables } from "./metrics";
import type { Wanted } from "./wanted";

/** Why something could not be read. */
export interface Unread {
  readonly why: string;
  /** Whether the same may work in a while, since AWS throttles or the network is gone. */
  readonly passes: boolean;
}

/** What was read of one integration. */
export interface Reading {
  readonly wanted: Wanted;
  /** Account of the place, as far as it is known. */
  readonly account?: string;
  /** Absent: it is not there, or could not be read. */
  readonly integration?: DescribedIntegration;
  /** Why nothing could be read. */
  readonly unread?: Unread;
  readonly tables?: readonly TableSync[];
  /** Why nothing is known of its tables. */
  readonly tablesUnread?: string;
}

/** Reads every wanted integration, in the order given. */
export async function readStatus(
  wanted: readonly Wanted[],
  clientsOf: ClientsOf,
  now: Date,
): Promise<Reading[]> {
  const rooms = new Rooms(clientsOf);
  return Promise.all(wanted.map((one) => readOne(one, rooms, now)));
}

async function readOne(wanted: Wanted, rooms: Rooms, now: Date): Promise<Reading> {
  const room = rooms.at(wanted.place);
  const account = await room.account;
  if (typeof account !== "string") return { wanted, unread: account };
  const found = await room.find(wanted);
  if (found !== undefined && "why" in found) return { wanted, account, unread: found };
  if (found === undefined) return { wanted, account };
  return { wanted, account, integration: found, ...(await tablesOf(found, wanted, rooms, now)) };
}

async function tablesOf(
  { IntegrationArn, TargetArn = "" }: DescribedIntegration,
  { api, place, targetPlace }: Wanted,
  rooms: Rooms,
  now: Date,
): Promise<Pick<Reading, "tables" | "tablesUnread">> {
  if (api === "redshift") return { tablesUnread: "AWS Glue has metrics of its own integrations only" };
  if (IntegrationArn === undefined) return { tablesUnread: "AWS did not tell the ARN" };
  // The target role writes the metrics, so they are in its account.
  const room = rooms.at(targetPlace ?? place);
  const account = await room.account;
  if (typeof account !== "string") return { tablesUnread: account.why };
  const written = TargetArn.split(":")[4] ?? "";
  if (/^\d{12}$/.test(written) && written !== account)
    return {
      tablesUnread: `metrics are in account ${written} of the target, and these credentials are of ${account}`,
    };
  return room.tables(IntegrationArn, now);
}

/** Places by what tells them apart, so that each is asked once. */
class Rooms {
  private readonly known = new Map<string, Room>();

  constructor(private readonly clientsOf: ClientsOf) {}

  at(place: Place): Room {
    const { region, account, profile, assumeRoleArn } = place;
    const key = JSON.stringify([region, account, profile, assumeRoleArn]);
    const room = this.known.get(key) ?? new Room(place, this.clientsOf(place));
    this.known.set(key, room);
    return room;
  }
}

/** One account and region. */
class Room {
  /** Of the credentials, or why it may not be read there. */
  readonly account: Promise<string | Unread>;
  private readonly lists = new Map<string, Promise<readonly DescribedIntegration[]>>();
  private metricsDenied: string | undefined;
  /** Metrics of one integration after the other: CloudWatch throttles early. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly place: Place,
    private readonly clients: StatusClients,
  ) {
    this.account = this.identify();
  }

  private async identify(): Promise<string | Unread> {
    try {
      const account = await this.clients.account();
      const { account: meant, environment, assumeRoleArn } = this.place;
      if (meant === undefined || meant === account) return account;
      const remedy =
        assumeRoleArn === undefined
          ? environment === undefined
            ? "run it with credentials of that account"
            : `give the environment ${environment} a profile or an assumeRoleArn, or run it with credentials of that account`
          : "check assumeRoleArn";
      return { why: `the credentials are of account ${account}, not of ${meant}; ${remedy}`, passes: false };
    } catch (error) {
      return unreadOf(awsErrorOf(error, "reading the account of the credentials"));
    }
  }

  /** The integration, nothing where there is none, or why it could not be read. */
  async find({ api, arn, name }: Wanted): Promise<DescribedIntegration | Unread | undefined> {
    const doing = `reading the integrations of ${this.place.region}`;
    try {
      if (arn !== undefined) {
        const { integrations } = await this.clients.integrations({ api, arn });
        return integrations.find(({ IntegrationArn }) => IntegrationArn === arn);
      }
      const list = this.lists.get(api) ?? this.list(api);
      this.lists.set(api, list);
      return (await list).find(({ IntegrationName }) => IntegrationName === name);
    } catch (thrown) {
      const error = awsErrorOf(thrown, doing);
      if (isAwsError(error, "IntegrationNotFoundFault", "IntegrationNotFound", ...NOT_FOUND))
        return undefined;
      return unreadOf(error, `${api}:DescribeIntegrations`);
    }
  }

  private async list(api: Wanted["api"]): Promise<readonly DescribedIntegration[]> {
    const found: DescribedIntegration[] = [];
    let marker: string | undefined;
    do {
      const page = await this.clients.integrations({ api, marker });
      found.push(...page.integrations);
      marker = page.marker;
    } while (marker !== undefined);
    return found;
  }

  tables(arn: string, now: Date): Promise<Pick<Reading, "tables" | "tablesUnread">> {
    const read = this.turn.then(() => this.readTables(arn, now));
    this.turn = read;
    return read;
  }

  private async readTables(arn: string, now: Date): Promise<Pick<Reading, "tables" | "tablesUnread">> {
    if (this.metricsDenied !== undefined) return { tablesUnread: this.metricsDenied };
    try {
      return { tables: await readTables(this.clients, arn, now) };
    } catch (thrown) {
      const error = awsErrorOf(thrown, "reading metrics");
      const why = reason(error, "cloudwatch:ListMetrics and cloudwatch:GetMetricData");
      if (error.isDenial) this.metricsDenied = why;
      return { tablesUnread: why };
    }
  }
}

function unreadOf(error: AwsError, actions?: string): Unread {
  return { why: reason(error, actions), passes: PASSES.test(error.code) };
}

/** Codes of AWS and of Node.js for what is over in a while; a name that is not found, or a refused connection, mostly is not. */
const PASSES =
  /Throttl|TooManyRequests|RequestLimit|^(?:Internal|Service)(?:Server|Service|Failure|Unavailable)|^(?:ETIMEDOUT|ECONNRESET|EPIPE|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|TimeoutError)$/;

/** An error in a few words, with what is missing. */
function reason(error: AwsError, actions?: string): string {
  const { code, message, doing } = error;
  const words = message.replace(/\.$/, "");
  if (error.isDenial && actions !== undefined) {
    const [deny] = /explicit deny in an? [a-z -]+ policy/i.exec(message) ?? [];
    return `access denied: allow ${actions}${deny === undefined ? "" : `; AWS speaks of an ${deny}`}`;
  }
  const [, help] = HELP.find(([pattern]) => pattern.test(`${code}: ${words}`)) ?? [];
  return help?.(doing, `${code}: ${words}`) ?? `${doing} failed: ${code}: ${words}`;
}

/** What the shell and the network do wrong, by code and message, as the SDK and Node.js word them. */
const HELP: readonly (readonly [RegExp, (doing: string, said: string) => string])[] = [
  [/^ExpiredToken|(token|session)\b.*\bexpired/i, () => "the AWS credentials have expired; log in again"],
  [
    /could not load credentials/i,
    () => "there are no AWS credentials; log in, or set AWS_PROFILE to a profile that has some",
  ],
  [
    /^(Credentials|Token)ProviderError/,
    (_doing, said) => `there are no AWS credentials: ${said.slice(said.indexOf(" ") + 1)}`,
  ],
  [
    /^(InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignature)/,
    (_doing, said) =>
      `AWS refuses the credentials: ${said}; check them, the clock, and whether the account has this region enabled`,
  ],
  [
    /Throttl|TooManyRequests|RequestLimit/,
    (doing) => `AWS throttled ${doing} in spite of several tries; run it again in a minute`,
  ],
  [
    /^[A-Z_]*(CERT|SELF_SIGNED)/,
    (_doing, said) =>
      `the certificate of AWS is not trusted: ${said}; behind a proxy, set NODE_EXTRA_CA_CERTS to its certificates`,
  ],
  [/^ERR_INVALID_URL/, () => "an endpoint is no URL; check AWS_ENDPOINT_URL and endpoint_url of the profile"],
  [
    /^(E[A-Z]+(_AGAIN)?|TimeoutError):/,
    (_doing, said) => `AWS could not be reached: ${said}; check the network, the proxy and the region`,
  ],
];
