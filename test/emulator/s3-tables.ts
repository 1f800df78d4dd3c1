// Table buckets: moto keeps them in some regions, but neither how they are encrypted nor how they are maintained.
import type { Operations } from "./operation";
import type { ZeroEtlState } from "./state";
import { AwsError, type JsonObject } from "./wire";

export interface TableBucketSettings {
  /** Absent as long as nobody has said how: then AWS encrypts with a key of its own and has nothing to tell. */
  encryption?: JsonObject;
  readonly maintenance: JsonObject;
}

/** Where moto keeps table buckets; in any other region it fails, whatever it is asked. */
const REGIONS_OF_MOTO = ["us-east-1", "us-east-2", "us-west-2"];

/** What AWS gives a table bucket that says nothing else. */
const DEFAULTS: TableBucketSettings = {
  maintenance: {
    icebergUnreferencedFileRemoval: {
      status: "enabled",
      settings: { icebergUnreferencedFileRemoval: { unreferencedDays: 3, nonCurrentDays: 10 } },
    },
  },
};

export function tableBucketOperations({ tableBuckets }: ZeroEtlState): Operations {
  const settingsOf = (path: Readonly<Record<string, string>>): TableBucketSettings => {
    const arn = path["bucket"] ?? "";
    const settings = tableBuckets.get(arn) ?? structuredClone(DEFAULTS);
    tableBuckets.set(arn, settings);
    return settings;
  };
  return {
    "s3tables.GET /buckets": async ({ caller, moto }) =>
      REGIONS_OF_MOTO.includes(caller.region)
        ? moto.rest("s3tables", "GET", "/buckets")
        : { tableBuckets: [] },
    "s3tables.PUT /buckets": async ({ input, moto }) => {
      const made = await moto.rest("s3tables", "PUT", "/buckets", input);
      const encryption = input["encryptionConfiguration"] as JsonObject | undefined;
      const settings = structuredClone(DEFAULTS);
      if (encryption !== undefined) settings.encryption = encryption;
      tableBuckets.set(String(made["arn"]), settings);
      return made;
    },
    "s3tables.GET /buckets/{bucket}/encryption": ({ path }) => {
      const { encryption } = settingsOf(path);
      if (encryption === undefined) {
        throw new AwsError("NotFoundException", "The specified bucket has no encryption configuration.", 404);
      }
      return { encryptionConfiguration: encryption };
    },
    "s3tables.PUT /buckets/{bucket}/encryption": ({ path, input }) => {
      settingsOf(path).encryption = input["encryptionConfiguration"] as JsonObject;
      return {};
    },
    "s3tables.GET /buckets/{bucket}/maintenance": ({ path }) => ({
      tableBucketARN: path["bucket"],
      configuration: settingsOf(path).maintenance,
    }),
    "s3tables.PUT /buckets/{bucket}/maintenance/{kind}": ({ path, input }) => {
      settingsOf(path).maintenance[path["kind"] ?? ""] = input["value"];
      return {};
    },
  };
}
