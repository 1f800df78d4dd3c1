// Where on S3 a database keeps its data.
import { BUCKET_NAME, LOCATION } from "../facts/limits";
import type { Issue, IssuePath } from "../issues";
import { error } from "../issues";
import { lengthOf, show } from "./text";

/** A bucket and the prefix below it, without slashes at its ends; empty for the whole bucket. */
export interface S3Location {
  readonly bucket: string;
  readonly prefix: string;
}

/** The bucket and prefix of an S3 URI; nothing when the text is not one that a database can have. */
export function parseS3Location(text: string): S3Location | undefined {
  const read = readS3Location(text);
  return "fault" in read ? undefined : read;
}

/** Refuses a location that is not an S3 URI, or that a role's policy could not be made from. */
export function s3LocationRules(path: IssuePath, text: string | undefined): Issue[] {
  if (text === undefined) return [];
  const read = readS3Location(text);
  if (!("fault" in read)) return [];
  return [
    error("s3-location", path, read.fault, {
      got: show(text),
      expected: "s3://bucket or s3://bucket/prefix",
      ...(read.remedy !== undefined && { remedy: read.remedy }),
    }),
  ];
}

/** What is wrong with a bucket name, to follow the word name, or nothing. */
export function bucketNameFault(bucket: string): string | undefined {
  const { min, max } = BUCKET_NAME;
  const length = lengthOf(bucket);
  if (length < min || length > max) return `is not ${min} to ${max} characters long`;
  if (/[^a-z0-9.-]/.test(bucket))
    return "has other characters than lower-case letters, digits, dots and hyphens";
  if (/^[.-]|[.-]$/.test(bucket)) return "does not begin and end with a letter or digit";
  if (bucket.includes("..")) return "has two dots in a row";
  if (/^\d+\.\d+\.\d+\.\d+$/.test(bucket)) return "has the form of an IP address";
  if (/^(xn--|sthree-)/.test(bucket) || /(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(bucket)) {
    return "has a beginning or an end that S3 keeps for itself";
  }
  return undefined;
}

interface Fault {
  readonly fault: string;
  readonly remedy?: string;
}

function readS3Location(text: string): S3Location | Fault {
  const match = /^s3:\/\/([^/]*)(?:\/([\s\S]*))?$/.exec(text);
  if (match === null) return notS3(text);
  const [, bucket = "", rest = ""] = match;
  const bucketFault = bucketNameFault(bucket);
  // A variable is the likelier mistake where a name is full of strange characters.
  if (text.includes("${"))
    return {
      fault: "location holds ${, and nothing in a declaration is substituted",
      remedy: "write the value itself",
    };
  if (bucketFault !== undefined) return { fault: `the bucket name of the location ${bucketFault}` };
  if (/[*?]/.test(rest)) {
    return {
      fault: "location holds * or ?, which would be a wildcard in the role's policy",
      remedy: "name one prefix",
    };
  }
  if (`/${rest}`.includes("//"))
    return { fault: "location holds a double slash, which makes a prefix with an empty name" };
  if (/[\u0000-\u001f\u007f]/.test(rest)) return { fault: "location holds a control character" };
  if (lengthOf(text) > LOCATION.max) return { fault: `location is longer than ${LOCATION.max} characters` };
  return { bucket, prefix: rest.replace(/\/$/, "") };
}

function notS3(text: string): Fault {
  const fault = "location is not an S3 URI";
  const hadoop = /^s3[an]:\/\/(.+)$/.exec(text);
  if (hadoop !== null) return { fault, remedy: `write s3://${hadoop[1]}` };
  const arn = /^arn:aws[a-z-]*:s3:::(.+)$/.exec(text);
  if (arn !== null) return { fault, remedy: `write s3://${arn[1]}` };
  if (/^S3:\/\//.test(text)) return { fault, remedy: "write s3 in lower case" };
  if (/^[a-z0-9][a-z0-9.-]+(\/|$)/.test(text)) return { fault, remedy: `write s3://${text}` };
  return { fault };
}
