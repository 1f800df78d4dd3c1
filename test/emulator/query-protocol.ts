// The query protocol of Redshift: a form in, XML out, both told by the shapes of the API.
import { randomUUID } from "node:crypto";
import redshift from "./redshift/redshift-operations.json";
import { type Shape, checkShape } from "./shapes";
import { type JsonObject, type WireResponse, escapeXml, jsonResponse } from "./wire";

interface QueryShapes {
  readonly input: Shape;
  readonly output?: Shape;
}

const REDSHIFT = redshift as unknown as Readonly<Record<string, QueryShapes>>;
const CLUSTER = REDSHIFT["DescribeClusters"]?.output?.members?.["Clusters"]?.member as Shape;
const ONE_CLUSTER: Shape = { type: "structure", members: { Cluster: CLUSTER } };

const SERVICES: Readonly<Record<string, Readonly<Record<string, QueryShapes>>>> = {
  redshift: {
    ...REDSHIFT,
    // A whole cluster comes back, as it does for each of the described ones.
    CreateCluster: { ...REDSHIFT["CreateCluster"], output: ONE_CLUSTER } as QueryShapes,
    DeleteCluster: { ...REDSHIFT["DeleteCluster"], output: ONE_CLUSTER } as QueryShapes,
  },
};

const NAMESPACES: Readonly<Record<string, string>> = {
  redshift: "http://redshift.amazonaws.com/doc/2012-12-01/",
};

/** The members of a request, checked against their shape. */
export function queryInput(service: string, operation: string, form: Form): JsonObject {
  const shape = SERVICES[service]?.[operation]?.input;
  if (shape === undefined) throw new Error(`no shape is known for ${service}.${operation}`);
  const input = (read(shape, form, "") ?? {}) as JsonObject;
  checkShape(shape, input, "ValidationError");
  return input;
}

/** XML, or JSON for a caller that asks for it as moto lets him. */
export function queryResponse(
  service: string,
  operation: string,
  form: Form,
  output: JsonObject,
): WireResponse {
  if (form["ContentType"] === "JSON") {
    return jsonResponse({ [`${operation}Response`]: { [`${operation}Result`]: output } });
  }
  const shape = SERVICES[service]?.[operation]?.output;
  const result = shape === undefined ? "" : element(`${operation}Result`, write(shape, output));
  const metadata = element("ResponseMetadata", element("RequestId", randomUUID()));
  const body = `<${operation}Response xmlns="${NAMESPACES[service] ?? ""}">${result}${metadata}</${operation}Response>`;
  return { status: 200, headers: { "content-type": "text/xml" }, body: Buffer.from(body) };
}

type Form = Readonly<Record<string, string>>;

function read(shape: Shape, form: Form, path: string): unknown {
  const below = path === "" ? "" : `${path}.`;
  switch (shape.type) {
    case "structure": {
      const members = Object.entries(shape.members ?? {})
        .map(([name, member]) => [name, read(member, form, below + (member.locationName ?? name))] as const)
        .filter(([, value]) => value !== undefined);
      return members.length === 0 ? undefined : Object.fromEntries(members);
    }
    case "list": {
      const { member } = shape;
      if (member === undefined) return undefined;
      return numbered((index) => read(member, form, `${below}${member.locationName ?? "member"}.${index}`));
    }
    case "map": {
      const entries = numbered((index) => {
        const key = form[`${below}entry.${index}.key`];
        return key === undefined ? undefined : [key, form[`${below}entry.${index}.value`] ?? ""];
      });
      return entries === undefined ? undefined : Object.fromEntries(entries as [string, string][]);
    }
    case "integer":
      return form[path] === undefined ? undefined : Number(form[path]);
    case "boolean":
      return form[path] === undefined ? undefined : form[path] === "true";
    default:
      return form[path];
  }
}

function numbered(one: (index: number) => unknown): unknown[] | undefined {
  const values: unknown[] = [];
  for (let index = 1; ; index += 1) {
    const value = one(index);
    if (value === undefined) return values.length === 0 ? undefined : values;
    values.push(value);
  }
}

function write(shape: Shape, value: unknown): string {
  switch (shape.type) {
    case "structure":
      return Object.entries(shape.members ?? {})
        .map(([name, member]) => [member, member.locationName ?? name, (value as JsonObject)[name]] as const)
        .filter(([, , one]) => one !== undefined && one !== null)
        .map(([member, name, one]) => element(name, write(member, one)))
        .join("");
    case "list": {
      const { member } = shape;
      if (member === undefined) return "";
      return (value as unknown[])
        .map((one) => element(member.locationName ?? "member", write(member, one)))
        .join("");
    }
    case "map":
      return Object.entries(value as JsonObject)
        .map(([key, one]) =>
          element("entry", element("key", escapeXml(key)) + element("value", escapeXml(String(one)))),
        )
        .join("");
    default:
      return escapeXml(String(value));
  }
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}
